-- Sessions of a course, what is captured in them, and the substance history filled in together.

CREATE TABLE therapy_session (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  episode_id uuid NOT NULL,
  course_id uuid NOT NULL,
  -- Emergency sessions come beyond the twelve and are counted by themselves.
  number smallint NOT NULL CHECK (number BETWEEN 1 AND 99),
  kind text NOT NULL CHECK (kind IN ('individual','conjoint','emergency')),
  topic_id text NOT NULL CHECK (length(topic_id) BETWEEN 1 AND 60),
  planned_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  part text NOT NULL DEFAULT 'review' CHECK (part IN ('review','topic','tasks','summary')),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, episode_id) REFERENCES episode (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, course_id) REFERENCES course (programme_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX therapy_session_number ON therapy_session (programme_id, course_id, (kind = 'emergency'), number);
CREATE INDEX therapy_session_client ON therapy_session (programme_id, client_id, planned_at);
SELECT app.protect_staff('therapy_session');
-- The client sees when the next session is; never what was written in it.
CREATE POLICY own ON therapy_session FOR SELECT USING (programme_id = app.programme() AND client_id = app.client());
GRANT SELECT, INSERT, UPDATE ON therapy_session TO stepwell_app;

-- What was written under a prompt. A text that met a newer one is kept beside it: copy_of names the
-- entry it met, until somebody has put the two together.
CREATE TABLE session_entry (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  session_id uuid NOT NULL,
  part text NOT NULL CHECK (part IN ('review','topic','tasks','summary')),
  prompt_id text NOT NULL CHECK (length(prompt_id) BETWEEN 1 AND 80),
  text text NOT NULL CHECK (length(text) <= 20000),
  covered boolean NOT NULL DEFAULT false,
  revision integer NOT NULL DEFAULT 1,
  writer uuid NOT NULL,
  author_membership_id uuid NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  copy_of uuid,
  merged_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, session_id) REFERENCES therapy_session (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, author_membership_id) REFERENCES membership (programme_id, id),
  FOREIGN KEY (programme_id, copy_of) REFERENCES session_entry (programme_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX session_entry_prompt ON session_entry (programme_id, session_id, prompt_id) WHERE copy_of IS NULL;
CREATE UNIQUE INDEX session_entry_copy ON session_entry (programme_id, session_id, prompt_id, writer)
  WHERE copy_of IS NOT NULL AND merged_at IS NULL;
SELECT app.protect_staff('session_entry');
GRANT SELECT, INSERT, UPDATE ON session_entry TO stepwell_app;

-- Asked alone, before anybody else is invited: is it safe to sit in one room?
CREATE TABLE conjoint_screen (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  course_id uuid NOT NULL,
  answer text NOT NULL CHECK (answer IN ('safe','notSafe','unsure','declined')),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  asked_at timestamptz NOT NULL DEFAULT now(),
  asked_by uuid NOT NULL,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, course_id) REFERENCES course (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, asked_by) REFERENCES membership (programme_id, id)
);
CREATE INDEX conjoint_screen_course ON conjoint_screen (programme_id, course_id, asked_at);
SELECT app.protect_staff('conjoint_screen');
GRANT SELECT, INSERT ON conjoint_screen TO stepwell_app;

CREATE TABLE substance_history (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  from_text text NOT NULL CHECK (length(from_text) <= 40),
  to_text text NOT NULL CHECK (length(to_text) <= 40),
  substance text NOT NULL CHECK (length(substance) <= 80),
  amount text NOT NULL CHECK (length(amount) <= 120),
  frequency text NOT NULL CHECK (length(frequency) <= 120),
  consequences jsonb NOT NULL DEFAULT '{}',
  position smallint NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  writer uuid NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  -- The row that a stale change met: both stay until somebody removes one.
  copy_of uuid,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, copy_of) REFERENCES substance_history (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX substance_history_client ON substance_history (programme_id, client_id);
SELECT app.protect_staff('substance_history');
CREATE POLICY own ON substance_history FOR SELECT USING (programme_id = app.programme() AND client_id = app.client());
GRANT SELECT, INSERT, UPDATE ON substance_history TO stepwell_app;
