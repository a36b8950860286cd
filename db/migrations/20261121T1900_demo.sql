-- The demo programme: people who are not there, entered by a click. Everything of it hangs on one
-- programme row with demo = true and goes with it. Their recovery codes are public on purpose.

CREATE TABLE demo_persona (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) <= 40),
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  recovery_code bytea NOT NULL CHECK (length(recovery_code) = 20),
  PRIMARY KEY (programme_id, id),
  UNIQUE (programme_id, key),
  FOREIGN KEY (programme_id, id) REFERENCES membership (programme_id, id) ON DELETE CASCADE
);
ALTER TABLE demo_persona ENABLE ROW LEVEL SECURITY;
ALTER TABLE demo_persona FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON demo_persona TO CURRENT_USER USING (true);

-- Whether there is a demo to enter, and whether one may be made: only before a programme of one's own.
CREATE FUNCTION app.demo_state() RETURNS TABLE (programme_id uuid, may_open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT p.id FROM programme p WHERE p.demo LIMIT 1),
         NOT EXISTS (SELECT FROM programme p WHERE NOT p.demo)
$$;

CREATE FUNCTION app.open_demo(programme uuid, its_name text, zone text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Two visitors at once make one demo.
  PERFORM pg_advisory_xact_lock(hashtext('stepwell demo'));
  IF EXISTS (SELECT FROM programme p WHERE p.demo) THEN RETURN false; END IF;
  INSERT INTO programme (id, name, time_zone, locale, demo) VALUES (programme, its_name, zone, 'en', true);
  RETURN true;
END $$;

-- A persona with an account that no passphrase opens, and a session to live their weeks with.
CREATE FUNCTION app.add_persona(programme uuid, its_key text, account uuid, membership uuid, its_role text,
  name text, client uuid, code bytea, wrap bytea, identity_pk bytea, identity_sealed bytea,
  session_token bytea, session_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM programme p WHERE p.id = programme AND p.demo) THEN
    RAISE EXCEPTION 'personas live in the demo programme only';
  END IF;
  INSERT INTO account (account_id, name_hash, identity_key, identity_wrap, recovery_confirmed_at)
    VALUES (account, sha256(uuid_send(account)), identity_pk, identity_sealed, now());
  INSERT INTO account_unlocker (account_id, kind, credential, epoch, wrap) VALUES (account, 'R', 'recovery', 1, wrap);
  -- The membership's own policies ask for a context; the persona's programme is it.
  PERFORM app.set_context(programme, account, client, 'system');
  INSERT INTO membership (programme_id, id, account_id, role, display_name, client_id)
    VALUES (programme, membership, account, its_role, name, client);
  INSERT INTO demo_persona (programme_id, id, key, account_id, recovery_code)
    VALUES (programme, membership, its_key, account, code);
  INSERT INTO session (token_hash, id, account_id, programme_id, membership_id, second_factor, expires_at)
    VALUES (session_token, session_id, account, programme, membership, true, now() + interval '10 minutes');
END $$;

-- Somebody looks around as a persona: a session like any other, for twelve hours.
CREATE FUNCTION app.enter_demo(its_key text, session_token bytea, session_id uuid)
RETURNS TABLE (account_id uuid, recovery_code bytea, role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  d demo_persona;
  m membership;
BEGIN
  SELECT * INTO d FROM demo_persona x WHERE x.key = its_key;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO m FROM membership x WHERE x.programme_id = d.programme_id AND x.id = d.id;
  INSERT INTO session (token_hash, id, account_id, programme_id, membership_id, second_factor, expires_at)
    VALUES (session_token, session_id, d.account_id, d.programme_id, d.id, true, now() + interval '12 hours');
  RETURN QUERY SELECT d.account_id, d.recovery_code, m.role;
END $$;

-- The demo and everything of it, the personas' accounts too. Rows of other programmes are out of reach.
CREATE FUNCTION app.remove_demo() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  which uuid := (SELECT p.id FROM programme p WHERE p.demo LIMIT 1);
  accounts uuid[];
BEGIN
  IF which IS NULL THEN RETURN false; END IF;
  accounts := ARRAY(SELECT d.account_id FROM demo_persona d WHERE d.programme_id = which);
  DELETE FROM session s WHERE s.account_id = ANY (accounts);
  DELETE FROM programme p WHERE p.id = which;
  DELETE FROM account a WHERE a.account_id = ANY (accounts);
  DELETE FROM audit_event e WHERE e.programme_id = which;
  DELETE FROM audit_seal s WHERE s.programme_id = which;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION app.demo_state(), app.open_demo(uuid, text, text),
  app.add_persona(uuid, text, uuid, uuid, text, text, uuid, bytea, bytea, bytea, bytea, bytea, uuid),
  app.enter_demo(text, bytea, uuid), app.remove_demo() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.demo_state(), app.open_demo(uuid, text, text),
  app.add_persona(uuid, text, uuid, uuid, text, text, uuid, bytea, bytea, bytea, bytea, bytea, uuid),
  app.enter_demo(text, bytea, uuid), app.remove_demo() TO stepwell_app;
