-- The meeting directory: lists belong to a service body (an intergroup, an area), not to a programme.
-- Anyone reads what is published; only servants of the body write, and only they see how it came in.

CREATE TABLE service_body (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  demo boolean NOT NULL DEFAULT false,
  -- The account that founded it and may make itself its servant; null from the command line.
  founded_by uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE service_body_servant (
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  PRIMARY KEY (service_body_id, account_id)
);
CREATE INDEX service_body_servant_account ON service_body_servant (account_id);

-- Whether the asker keeps this body's lists; 'system' is the command line and the jobs.
CREATE FUNCTION app.serves(body uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app.role() = 'system' OR (app.role() IN ('listServant','administrator')
    AND EXISTS (SELECT FROM service_body_servant s WHERE s.service_body_id = body AND s.account_id = app.account()))
$$;

-- A directory table with a service_body_id: read by anyone in any context, or by its servants only.
CREATE FUNCTION app.protect_directory(relation regclass, open boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY servant ON %s USING (app.serves(service_body_id))', relation);
  EXECUTE format('CREATE POLICY house ON %s TO CURRENT_USER USING (true)', relation);
  IF open THEN
    EXECUTE format('CREATE POLICY anyone ON %s FOR SELECT USING (published AND app.role() IS NOT NULL)', relation);
  END IF;
END $$;

ALTER TABLE service_body ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_body FORCE ROW LEVEL SECURITY;
CREATE POLICY anyone ON service_body FOR SELECT USING (app.role() IS NOT NULL);
-- Whoever may keep lists may found a body; keeping it takes the row in service_body_servant.
CREATE POLICY found ON service_body FOR INSERT WITH CHECK (app.role() = 'system'
  OR (app.role() IN ('listServant','administrator') AND founded_by = app.account()));
CREATE POLICY servant ON service_body USING (app.serves(id));
CREATE POLICY house ON service_body TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON service_body TO stepwell_app;

ALTER TABLE service_body_servant ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_body_servant FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON service_body_servant FOR SELECT USING (account_id = app.account());
CREATE POLICY found ON service_body_servant FOR INSERT WITH CHECK (account_id = app.account()
  AND app.role() IN ('listServant','administrator')
  AND EXISTS (SELECT FROM service_body b WHERE b.id = service_body_id AND b.founded_by = app.account()));
CREATE POLICY house ON service_body_servant TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON service_body_servant TO stepwell_app;

-- One source of listings. `version` rises with each change, so that every process knows its copy is old.
CREATE TABLE meeting_list (
  id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  fellowship text CHECK (length(fellowship) <= 40),
  time_zone text CHECK (length(time_zone) <= 64),
  source text NOT NULL CHECK (length(source) <= 2000),
  published boolean NOT NULL DEFAULT true,
  demo boolean NOT NULL DEFAULT false,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (id, service_body_id)
);
CREATE INDEX meeting_list_body ON meeting_list (service_body_id);
SELECT app.protect_directory('meeting_list', true);
GRANT SELECT, INSERT, UPDATE, DELETE ON meeting_list TO stepwell_app;

-- A listing. `key` is the list's own id; the id stays the same through every later import.
-- One that its list no longer names is kept, unpublished, since when.
CREATE TABLE meeting (
  id uuid PRIMARY KEY,
  list_id uuid NOT NULL,
  service_body_id uuid NOT NULL,
  key text NOT NULL,
  listing jsonb NOT NULL,
  published boolean NOT NULL DEFAULT true,
  gone_at timestamptz,
  changed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (list_id, key),
  FOREIGN KEY (list_id, service_body_id) REFERENCES meeting_list (id, service_body_id) ON DELETE CASCADE,
  CHECK (published = (gone_at IS NULL))
);
CREATE INDEX meeting_body ON meeting (service_body_id);
SELECT app.protect_directory('meeting', true);
GRANT SELECT, INSERT, UPDATE, DELETE ON meeting TO stepwell_app;

-- An import: what was given, read but not yet applied, or applied with its report.
CREATE TABLE list_import (
  id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  list_id uuid,
  source text NOT NULL CHECK (length(source) <= 2000),
  made_at timestamptz NOT NULL DEFAULT now(),
  applied_at timestamptz,
  taken integer,
  refused integer,
  warned integer,
  added integer,
  changed integer,
  gone integer,
  FOREIGN KEY (list_id, service_body_id) REFERENCES meeting_list (id, service_body_id) ON DELETE CASCADE
);
CREATE INDEX list_import_list ON list_import (list_id);
CREATE INDEX list_import_body ON list_import (service_body_id);
SELECT app.protect_directory('list_import', false);
GRANT SELECT, INSERT, UPDATE, DELETE ON list_import TO stepwell_app;

-- The list as it was given, in parts, until it is applied.
CREATE TABLE list_import_part (
  import_id uuid NOT NULL REFERENCES list_import (id) ON DELETE CASCADE,
  service_body_id uuid NOT NULL,
  part integer NOT NULL CHECK (part BETWEEN 1 AND 200),
  bytes bytea NOT NULL,
  PRIMARY KEY (import_id, part)
);
SELECT app.protect_directory('list_import_part', false);
GRANT SELECT, INSERT, UPDATE, DELETE ON list_import_part TO stepwell_app;

-- What became of each row, with the row as it came. Contacts are in it, so only servants see it.
CREATE TABLE list_import_row (
  import_id uuid NOT NULL REFERENCES list_import (id) ON DELETE CASCADE,
  service_body_id uuid NOT NULL,
  row_number integer NOT NULL,
  name text NOT NULL,
  meeting_id uuid,
  refused text,
  detail text,
  warnings jsonb NOT NULL DEFAULT '[]',
  raw jsonb NOT NULL,
  PRIMARY KEY (import_id, row_number),
  CHECK ((meeting_id IS NULL) = (refused IS NOT NULL))
);
SELECT app.protect_directory('list_import_row', false);
GRANT SELECT, INSERT, DELETE ON list_import_row TO stepwell_app;
