-- The house: who exists, who asks, what was asked, and the policies that every later table uses.
-- Runs on PostgreSQL 15 to 18. The name stepwell_app stands for the role that the server uses.

CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO stepwell_app;

-- Context -----------------------------------------------------------------------------------
-- Set inside the transaction by app.enter and its siblings. A setting that was never made raises
-- an error, one that has ended is '' and fails to cast: both fail closed.

CREATE FUNCTION app.programme() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.programme')::uuid $$;
CREATE FUNCTION app.account() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.account')::uuid $$;
CREATE FUNCTION app.client() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.client')::uuid $$;
CREATE FUNCTION app.role() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.role') $$;
CREATE FUNCTION app.is_staff() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.role') IN ('therapist','supervisor','intake','administrator','system') $$;

CREATE FUNCTION app.set_context(programme uuid, account uuid, client uuid, role text) RETURNS void
LANGUAGE sql VOLATILE AS $$
  -- The nil id stands for "none": it equals no row's.
  SELECT set_config('stepwell.programme', coalesce(programme, '00000000-0000-0000-0000-000000000000')::text, true),
         set_config('stepwell.account', coalesce(account, '00000000-0000-0000-0000-000000000000')::text, true),
         set_config('stepwell.client', coalesce(client, '00000000-0000-0000-0000-000000000000')::text, true),
         set_config('stepwell.role', coalesce(role, 'anyone'), true)
$$;

-- Policy classes ----------------------------------------------------------------------------

-- A chart table: rows of one programme and one client. Staff of the programme, and the client's own rows.
CREATE FUNCTION app.protect_chart(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY chart ON %s USING (programme_id = app.programme() AND (app.is_staff() OR client_id = app.client()))', relation);
END $$;

-- A chart table that the client never reads (notes, alerts): staff of the programme only.
CREATE FUNCTION app.protect_staff(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY staff ON %s USING (programme_id = app.programme() AND app.is_staff())', relation);
END $$;

-- An account table: the person's own rows.
CREATE FUNCTION app.protect_account(relation regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY own ON %s USING (account_id = app.account())', relation);
  EXECUTE format('CREATE POLICY house ON %s TO CURRENT_USER USING (true)', relation);
END $$;

-- Records -----------------------------------------------------------------------------------

CREATE TABLE server_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO server_state DEFAULT VALUES;
ALTER TABLE server_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE server_state FORCE ROW LEVEL SECURITY;
CREATE POLICY readable ON server_state FOR SELECT USING (true);
GRANT SELECT ON server_state TO stepwell_app;

CREATE TABLE programme (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  time_zone text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en','es')),
  country text NOT NULL DEFAULT 'us' CHECK (country ~ '^[a-z]{2}$'),
  part2 boolean NOT NULL DEFAULT true,
  demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE programme ENABLE ROW LEVEL SECURITY;
ALTER TABLE programme FORCE ROW LEVEL SECURITY;
CREATE POLICY member ON programme USING (id = app.programme());
CREATE POLICY house ON programme TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON programme TO stepwell_app;

-- An account is global: a name only as a keyed hash, no e-mail, no telephone number.
CREATE TABLE account (
  account_id uuid PRIMARY KEY,
  name_hash bytea NOT NULL UNIQUE CHECK (length(name_hash) = 32),
  opaque_record text,
  created_on date NOT NULL DEFAULT current_date
);
SELECT app.protect_account('account');
GRANT SELECT, INSERT, UPDATE, DELETE ON account TO stepwell_app;

-- A programme's record of a person; can exist without an account (paper, residential care).
CREATE TABLE client (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  client_id uuid NOT NULL GENERATED ALWAYS AS (id) STORED,
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
  record_number text NOT NULL CHECK (length(record_number) BETWEEN 1 AND 40),
  time_zone text NOT NULL,
  therapist_membership_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (programme_id, id),
  UNIQUE (programme_id, record_number)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON client TO stepwell_app;

CREATE TABLE membership (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('client','therapist','supervisor','intake','administrator','listServant','sponsor','partner')),
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
  client_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id),
  CHECK ((role = 'client') = (client_id IS NOT NULL))
);
CREATE UNIQUE INDEX membership_client ON membership (programme_id, client_id) WHERE ended_at IS NULL;
CREATE INDEX membership_account ON membership (account_id);
ALTER TABLE client ADD FOREIGN KEY (programme_id, therapist_membership_id) REFERENCES membership (programme_id, id);
SELECT app.protect_chart('client');
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON membership FOR SELECT USING (account_id = app.account());
CREATE POLICY staff ON membership USING (programme_id = app.programme() AND app.is_staff());
CREATE POLICY house ON membership TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON membership TO stepwell_app;

CREATE TABLE session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  id uuid NOT NULL UNIQUE,
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  programme_id uuid,
  membership_id uuid,
  label text NOT NULL DEFAULT '' CHECK (length(label) <= 60),
  second_factor boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  active_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  locked boolean NOT NULL DEFAULT false,
  FOREIGN KEY (programme_id, membership_id) REFERENCES membership (programme_id, id) ON DELETE CASCADE
);
CREATE INDEX session_account ON session (account_id);
SELECT app.protect_account('session');
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO stepwell_app;

-- Outbox: one row a device; the marker commits with the effect it stands for.
CREATE TABLE device (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  last_seq bigint NOT NULL DEFAULT 0,
  created_on date NOT NULL DEFAULT current_date
);
SELECT app.protect_account('device');
GRANT SELECT, INSERT, UPDATE, DELETE ON device TO stepwell_app;

CREATE TABLE outbox_marker (
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  seq bigint NOT NULL,
  account_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  outcome jsonb NOT NULL,
  PRIMARY KEY (device_id, seq)
);
SELECT app.protect_account('outbox_marker');
GRANT SELECT, INSERT ON outbox_marker TO stepwell_app;

-- Audit -------------------------------------------------------------------------------------
-- Pseudonymous ids and field names only. tx orders rows so that the sealer sees only settled ones.

CREATE TABLE audit_event (
  programme_id uuid NOT NULL,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id uuid NOT NULL,
  actor_role text NOT NULL,
  operation text NOT NULL,
  client_id uuid,
  object_id uuid,
  fields text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (programme_id, tx, seq)
);
CREATE INDEX audit_event_client ON audit_event (programme_id, client_id, at) WHERE client_id IS NOT NULL;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY write ON audit_event FOR INSERT WITH CHECK (programme_id = app.programme()
  OR (programme_id = '00000000-0000-0000-0000-000000000000' AND actor_id = app.account()));
CREATE POLICY staff ON audit_event FOR SELECT USING (programme_id = app.programme() AND (app.is_staff() OR client_id = app.client()));
CREATE POLICY house ON audit_event TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON audit_event TO stepwell_app;

CREATE TABLE audit_seal (
  programme_id uuid NOT NULL,
  number bigint NOT NULL,
  tx xid8 NOT NULL,
  seq bigint NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (programme_id, number)
);
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY staff ON audit_seal FOR SELECT USING (programme_id = app.programme());
CREATE POLICY house ON audit_seal TO CURRENT_USER USING (true);
GRANT SELECT ON audit_seal TO stepwell_app;

CREATE FUNCTION app.audit_canonical(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws('|', e.programme_id, e.tx, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.actor_id, e.actor_role, e.operation, coalesce(e.client_id::text, '-'), coalesce(e.object_id::text, '-'),
    array_to_string(e.fields, ','))
$$;

-- Chains the settled rows of every programme. One sealer at a time; the lock ends with the transaction.
CREATE FUNCTION app.seal_audit() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sealed bigint := 0;
  p uuid;
  e audit_event;
  last audit_seal;
  h bytea;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('stepwell audit sealer')) THEN RETURN 0; END IF;
  FOR p IN SELECT programme.id FROM programme UNION ALL SELECT '00000000-0000-0000-0000-000000000000' LOOP
    SELECT * INTO last FROM audit_seal s WHERE s.programme_id = p ORDER BY s.number DESC LIMIT 1;
    IF NOT FOUND THEN
      last := ROW(p, 0, '0'::xid8, 0, '\x'::bytea, sha256(convert_to(p::text, 'UTF8')))::audit_seal;
    END IF;
    FOR e IN SELECT * FROM audit_event a
             WHERE a.programme_id = p AND (a.tx, a.seq) > (last.tx, last.seq)
               AND a.tx < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY a.tx, a.seq LIMIT 20000 LOOP
      h := sha256(last.hash || convert_to(app.audit_canonical(e), 'UTF8'));
      INSERT INTO audit_seal VALUES (p, last.number + 1, e.tx, e.seq, last.hash, h);
      last := ROW(p, last.number + 1, e.tx, e.seq, last.hash, h)::audit_seal;
      sealed := sealed + 1;
    END LOOP;
  END LOOP;
  RETURN sealed;
END $$;
REVOKE ALL ON FUNCTION app.seal_audit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seal_audit() TO stepwell_app;

-- Entering ----------------------------------------------------------------------------------

-- Finds the session, sets the context, notes activity (at most once a minute). No row: signed out.
-- With a device: locks it, and tells its last number and the answer that an earlier delivery got.
CREATE FUNCTION app.enter_device(token bytea, device_id uuid, number bigint)
RETURNS TABLE (session_id uuid, account_id uuid, programme_id uuid, membership_id uuid, role text,
               client_id uuid, second_factor boolean, locked boolean, demo boolean,
               last_seq bigint, earlier_hash bytea, earlier_outcome jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  known record;
  staff boolean;
BEGIN
  -- A device is locked before anything else is read, so that its entries pass one by one.
  IF device_id IS NOT NULL THEN
    SELECT d.last_seq, d.account_id INTO last_seq, account_id FROM device d WHERE d.id = device_id FOR UPDATE;
  END IF;
  SELECT s.id AS session_id, s.account_id AS owner, m.programme_id AS programme, m.id AS membership, m.role AS role,
         m.client_id AS client, s.second_factor AS second_factor, s.locked AS locked, s.active_at AS active_at,
         coalesce(p.demo, false) AS demo
    INTO known
    FROM session s
    LEFT JOIN membership m ON m.programme_id = s.programme_id AND m.id = s.membership_id AND m.ended_at IS NULL
    LEFT JOIN programme p ON p.id = m.programme_id
    WHERE s.token_hash = token AND s.expires_at > now();
  IF NOT FOUND THEN
    PERFORM app.set_context(NULL, NULL, NULL, 'anyone');
    RETURN;
  END IF;
  staff := known.role IS NOT NULL AND known.role NOT IN ('client','sponsor','partner');
  locked := known.locked OR (staff AND known.active_at < now() - interval '15 minutes');
  IF NOT locked AND known.active_at < now() - interval '1 minute' THEN
    UPDATE session SET active_at = now() WHERE token_hash = token;
  END IF;
  -- Authority twice: a locked session, or staff without a second factor, has no programme here either.
  IF locked OR (staff AND NOT known.second_factor) THEN
    PERFORM app.set_context(NULL, known.owner, NULL, 'account');
  ELSE
    PERFORM app.set_context(known.programme, known.owner, known.client, coalesce(known.role, 'account'));
  END IF;
  IF account_id IS DISTINCT FROM known.owner THEN
    last_seq := NULL;
  ELSIF number <= last_seq THEN
    SELECT o.hash, o.outcome INTO earlier_hash, earlier_outcome
      FROM outbox_marker o WHERE o.device_id = enter_device.device_id AND o.seq = number;
  END IF;
  session_id := known.session_id;
  account_id := known.owner;
  programme_id := known.programme;
  membership_id := known.membership;
  role := known.role;
  client_id := known.client;
  second_factor := known.second_factor;
  demo := known.demo;
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION app.enter_device(bytea, uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter_device(bytea, uuid, bigint) TO stepwell_app;

CREATE FUNCTION app.enter(token bytea)
RETURNS TABLE (session_id uuid, account_id uuid, programme_id uuid, membership_id uuid, role text,
               client_id uuid, second_factor boolean, locked boolean, demo boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT session_id, account_id, programme_id, membership_id, role, client_id, second_factor, locked, demo
  FROM app.enter_device(token, NULL, NULL)
$$;
REVOKE ALL ON FUNCTION app.enter(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enter(bytea) TO stepwell_app;
