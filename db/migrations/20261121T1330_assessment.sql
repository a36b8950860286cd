-- Assessment: answers to instruments, and what was dangerous in them.

CREATE TABLE assessment_response (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  episode_id uuid,
  instrument text NOT NULL CHECK (length(instrument) BETWEEN 1 AND 60),
  instrument_version text NOT NULL CHECK (length(instrument_version) <= 20),
  scorer_version text CHECK (length(scorer_version) <= 60),
  language text NOT NULL CHECK (language IN ('en','es')),
  answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
  scores jsonb NOT NULL DEFAULT '[]',
  status text NOT NULL CHECK (status IN ('draft','complete')),
  on_day date,
  made_at timestamptz NOT NULL,
  arrived_at timestamptz NOT NULL DEFAULT now(),
  entered_by text NOT NULL CHECK (entered_by IN ('client','staff')),
  membership_id uuid NOT NULL,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, episode_id) REFERENCES episode (programme_id, id),
  FOREIGN KEY (programme_id, membership_id) REFERENCES membership (programme_id, id),
  CHECK (status = 'draft' OR (on_day IS NOT NULL AND scorer_version IS NOT NULL))
);
CREATE INDEX assessment_response_client ON assessment_response (programme_id, client_id, instrument, on_day);
-- Two who begin the same part together write into one draft.
CREATE UNIQUE INDEX assessment_draft ON assessment_response (programme_id, client_id, instrument) WHERE status = 'draft';
SELECT app.protect_chart('assessment_response');
-- A draft that staff fill in is changed and completed by staff; what is complete is never changed.
CREATE POLICY staff_changes ON assessment_response AS RESTRICTIVE FOR UPDATE
  USING (app.is_staff() AND status = 'draft') WITH CHECK (app.is_staff());
GRANT SELECT, INSERT, UPDATE ON assessment_response TO stepwell_app;

CREATE TABLE safety_flag (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  response_id uuid NOT NULL,
  code text NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  kind text NOT NULL CHECK (kind IN ('withdrawal','medical','overdose','medicine','suicide')),
  urgency text NOT NULL CHECK (urgency IN ('now','today','soon')),
  -- While it is open, no task may ask for abstinence.
  blocks_abstinence boolean NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  cleared_at timestamptz,
  cleared_by uuid,
  reason text CHECK (length(reason) BETWEEN 1 AND 2000),
  PRIMARY KEY (programme_id, id),
  UNIQUE (programme_id, response_id, code),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, response_id) REFERENCES assessment_response (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, cleared_by) REFERENCES membership (programme_id, id),
  CHECK ((cleared_at IS NULL) = (cleared_by IS NULL) AND (cleared_at IS NULL) = (reason IS NULL))
);
CREATE INDEX safety_flag_open ON safety_flag (programme_id, client_id) WHERE cleared_at IS NULL;
SELECT app.protect_chart('safety_flag');
CREATE POLICY staff_clears ON safety_flag AS RESTRICTIVE FOR UPDATE USING (app.is_staff());
CREATE POLICY raised_open ON safety_flag AS RESTRICTIVE FOR INSERT WITH CHECK (cleared_at IS NULL);
GRANT SELECT, INSERT, UPDATE ON safety_flag TO stepwell_app;
