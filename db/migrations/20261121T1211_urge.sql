-- Urges that clients chose to send.
CREATE TABLE urge_event (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  on_day date NOT NULL,
  made_at timestamptz NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  strength smallint NOT NULL CHECK (strength BETWEEN 0 AND 10),
  passed boolean NOT NULL,
  helped_by text[] NOT NULL DEFAULT '{}',
  line text CHECK (length(line) <= 500),
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX urge_event_day ON urge_event (programme_id, client_id, on_day);
SELECT app.protect_chart('urge_event');
GRANT SELECT, INSERT ON urge_event TO stepwell_app;
