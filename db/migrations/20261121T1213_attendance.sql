-- Meetings put in a client's week, by staff or by the client, and meetings that a client was at.
CREATE TABLE planned_meeting (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  session_id uuid,
  -- The directory's id, if it came from there. The copy below stays right when the listing goes.
  meeting_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  place text CHECK (length(place) <= 300),
  on_day date NOT NULL,
  starts_at time NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  fellowship text CHECK (length(fellowship) <= 40),
  url text CHECK (length(url) <= 500),
  phone text CHECK (length(phone) <= 60),
  types text[] NOT NULL DEFAULT '{}',
  note text CHECK (length(note) <= 500),
  contact_name text CHECK (length(contact_name) <= 80),
  created_by text NOT NULL CHECK (created_by IN ('client','staff')),
  made_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX planned_meeting_day ON planned_meeting (programme_id, client_id, on_day);
SELECT app.protect_chart('planned_meeting');
GRANT SELECT, INSERT ON planned_meeting TO stepwell_app;
GRANT UPDATE (cancelled_at) ON planned_meeting TO stepwell_app;

CREATE TABLE attendance (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  planned_id uuid,
  meeting_id uuid,
  meeting_name text NOT NULL CHECK (length(meeting_name) BETWEEN 1 AND 200),
  fellowship text CHECK (length(fellowship) <= 40),
  on_day date NOT NULL,
  made_at timestamptz NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  about text[] NOT NULL DEFAULT '{}',
  stirred text CHECK (length(stirred) <= 1000),
  spoke boolean,
  numbers smallint CHECK (numbers BETWEEN 0 AND 99),
  entered_by uuid,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, planned_id) REFERENCES planned_meeting (programme_id, id)
);
CREATE INDEX attendance_day ON attendance (programme_id, client_id, on_day);
SELECT app.protect_chart('attendance');
GRANT SELECT, INSERT ON attendance TO stepwell_app;
