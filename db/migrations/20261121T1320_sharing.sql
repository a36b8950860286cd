-- Standing choices: what goes to the therapist by itself. Every choice stays as a row, so that the
-- review can tell what was not shared then from what was missed. No row: not shared.

CREATE TABLE standing_choice (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('checkIn','meetings','tasks','urges','slips')),
  share boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  arrived_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX standing_choice_client ON standing_choice (programme_id, client_id, kind, changed_at);
SELECT app.protect_chart('standing_choice');
-- The choice is the client's alone: staff read it, and cannot make it.
CREATE POLICY client_writes ON standing_choice AS RESTRICTIVE FOR INSERT WITH CHECK (client_id = app.client());
GRANT SELECT, INSERT ON standing_choice TO stepwell_app;
