-- Evening check-ins that clients chose to send, or that staff entered from paper. Every row is kept;
-- of several for one day the one made last counts.
CREATE TABLE check_in (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  on_day date NOT NULL,
  made_at timestamptz NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  used boolean NOT NULL,
  urge smallint NOT NULL CHECK (urge BETWEEN 0 AND 10),
  mood smallint NOT NULL CHECK (mood BETWEEN 1 AND 5),
  halt text[] NOT NULL DEFAULT '{}' CHECK (halt <@ ARRAY['hungry','angry','lonely','tired']),
  meeting boolean NOT NULL,
  sponsor_contact boolean NOT NULL,
  line text CHECK (length(line) <= 500),
  -- The membership of the staff member who copied it from paper; null when the client sent it.
  entered_by uuid,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX check_in_day ON check_in (programme_id, client_id, on_day, made_at);
SELECT app.protect_chart('check_in');
GRANT SELECT, INSERT ON check_in TO stepwell_app;
