-- A course of therapy: one facilitation programme at one content version, for one client.

-- The very text of the guide that a course runs on, kept by its hash: an update of Stepwell never
-- changes a course that has begun.
CREATE TABLE course_content (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  programme_key text NOT NULL CHECK (length(programme_key) BETWEEN 1 AND 60),
  content_version text NOT NULL CHECK (length(content_version) BETWEEN 1 AND 40),
  content jsonb NOT NULL,
  PRIMARY KEY (programme_id, content_hash)
);
SELECT app.protect_staff('course_content');
GRANT SELECT, INSERT ON course_content TO stepwell_app;

CREATE TABLE course (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  episode_id uuid NOT NULL,
  programme_key text NOT NULL CHECK (length(programme_key) BETWEEN 1 AND 60),
  content_version text NOT NULL CHECK (length(content_version) BETWEEN 1 AND 40),
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  therapist_membership_id uuid NOT NULL,
  started_on date NOT NULL,
  ended_on date,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, episode_id) REFERENCES episode (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, content_hash) REFERENCES course_content (programme_id, content_hash),
  FOREIGN KEY (programme_id, therapist_membership_id) REFERENCES membership (programme_id, id)
);
-- One course at a time for a client.
CREATE UNIQUE INDEX course_running ON course (programme_id, client_id) WHERE ended_on IS NULL;
SELECT app.protect_staff('course');
CREATE POLICY own ON course FOR SELECT USING (programme_id = app.programme() AND client_id = app.client());
GRANT SELECT, INSERT, UPDATE ON course TO stepwell_app;
