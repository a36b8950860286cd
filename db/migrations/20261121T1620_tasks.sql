-- Recovery tasks: agreed in a session, told about by the client.

CREATE TABLE task (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  session_id uuid,
  topic_task_id text CHECK (length(topic_task_id) <= 80),
  kind text NOT NULL CHECK (kind IN ('meeting','reading','call','writing','other')),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  due_on date,
  asks_abstinence boolean NOT NULL,
  agreed_at timestamptz NOT NULL,
  agreed_by uuid NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, session_id) REFERENCES therapy_session (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, agreed_by) REFERENCES membership (programme_id, id)
);
CREATE INDEX task_client ON task (programme_id, client_id, agreed_at);
SELECT app.protect_staff('task');
CREATE POLICY own ON task FOR SELECT USING (programme_id = app.programme() AND client_id = app.client());
GRANT SELECT, INSERT, UPDATE ON task TO stepwell_app;

-- Every telling is kept; the last made counts.
CREATE TABLE task_report (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  task_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done','notYet','notDone')),
  why text NOT NULL DEFAULT '' CHECK (length(why) <= 1000),
  on_day date NOT NULL,
  made_at timestamptz NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  -- The membership of the staff member who wrote it down; null when the client told it.
  entered_by uuid,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, task_id) REFERENCES task (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX task_report_task ON task_report (programme_id, task_id, made_at);
SELECT app.protect_chart('task_report');
GRANT SELECT, INSERT ON task_report TO stepwell_app;
