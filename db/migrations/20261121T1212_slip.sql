-- Slips that clients chose to tell. A reason for attention in the caseload; nothing is reset by it.
CREATE TABLE slip_event (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  on_day date NOT NULL,
  made_at timestamptz NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  safe text NOT NULL CHECK (safe IN ('yes','notSure','no')),
  helped_by text[] NOT NULL DEFAULT '{}',
  line text CHECK (length(line) <= 1000),
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX slip_event_day ON slip_event (programme_id, client_id, on_day);
SELECT app.protect_chart('slip_event');
GRANT SELECT, INSERT ON slip_event TO stepwell_app;
