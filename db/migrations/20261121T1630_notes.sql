-- The note of a session: a draft that is edited, then signed. What is signed never changes.

CREATE TABLE note (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  session_id uuid NOT NULL,
  text text NOT NULL CHECK (length(text) <= 60000),
  sources jsonb NOT NULL DEFAULT '[]',
  revision integer NOT NULL DEFAULT 1,
  writer uuid NOT NULL,
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft','signed')),
  updated_at timestamptz NOT NULL DEFAULT now(),
  signed_at timestamptz,
  signed_by uuid,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (programme_id, id),
  UNIQUE (programme_id, session_id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, session_id) REFERENCES therapy_session (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, signed_by) REFERENCES membership (programme_id, id),
  CHECK ((status = 'signed') = (signed_at IS NOT NULL)),
  CHECK ((status = 'signed') = (signed_by IS NOT NULL)),
  CHECK (status = 'draft' OR sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
SELECT app.protect_staff('note');
GRANT SELECT, INSERT, UPDATE ON note TO stepwell_app;

-- Even the owner of the table cannot edit a signed note by mistake.
CREATE FUNCTION app.keep_signed_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A signed note never changes: add an addendum.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_signed BEFORE UPDATE ON note FOR EACH ROW
  WHEN (OLD.status = 'signed') EXECUTE FUNCTION app.keep_signed_note();

-- A text of the draft that met a newer one: kept until it is put together.
CREATE TABLE note_copy (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  note_id uuid NOT NULL,
  writer uuid NOT NULL,
  text text NOT NULL CHECK (length(text) <= 60000),
  made_at timestamptz NOT NULL DEFAULT now(),
  merged_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, note_id) REFERENCES note (programme_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX note_copy_open ON note_copy (programme_id, note_id, writer) WHERE merged_at IS NULL;
SELECT app.protect_staff('note_copy');
GRANT SELECT, INSERT, UPDATE ON note_copy TO stepwell_app;

CREATE TABLE note_addendum (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  note_id uuid NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, note_id) REFERENCES note (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, made_by) REFERENCES membership (programme_id, id)
);
SELECT app.protect_staff('note_addendum');
GRANT SELECT, INSERT ON note_addendum TO stepwell_app;
