-- Setting up a programme, and its staff: one-time links, removal, and the reset of a lost second factor.

-- The link that the terminal prints; valid once. The newest replaces the others.
CREATE TABLE setup_link (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  made_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz
);
ALTER TABLE setup_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE setup_link FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON setup_link TO CURRENT_USER USING (true);

CREATE TABLE staff_invitation (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  role text NOT NULL CHECK (role IN ('therapist','supervisor','intake','administrator','listServant')),
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, made_by) REFERENCES membership (programme_id, id)
);

-- A second administrator agrees before anybody's second factor is taken away.
CREATE TABLE factor_reset (
  programme_id uuid NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  membership_id uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  approved_by uuid,
  approved_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, membership_id) REFERENCES membership (programme_id, id),
  FOREIGN KEY (programme_id, asked_by) REFERENCES membership (programme_id, id),
  FOREIGN KEY (programme_id, approved_by) REFERENCES membership (programme_id, id),
  CHECK (approved_by IS DISTINCT FROM asked_by AND approved_by IS DISTINCT FROM membership_id)
);

CREATE FUNCTION app.is_administrator() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT current_setting('stepwell.role') = 'administrator' $$;

ALTER TABLE staff_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY administrator ON staff_invitation USING (programme_id = app.programme() AND app.is_administrator());
CREATE POLICY house ON staff_invitation TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON staff_invitation TO stepwell_app;
ALTER TABLE factor_reset ENABLE ROW LEVEL SECURITY;
ALTER TABLE factor_reset FORCE ROW LEVEL SECURITY;
CREATE POLICY administrator ON factor_reset USING (programme_id = app.programme() AND app.is_administrator());
CREATE POLICY house ON factor_reset TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON factor_reset TO stepwell_app;

-- What the terminal may do --------------------------------------------------------------------

-- Keeps a new set-up link, unless a programme of one's own exists already: then false.
CREATE FUNCTION app.offer_setup(link bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM programme WHERE NOT demo) THEN RETURN false; END IF;
  DELETE FROM setup_link WHERE used_at IS NULL;
  INSERT INTO setup_link (token_hash) VALUES (link);
  RETURN true;
END $$;

CREATE FUNCTION app.setup_open(link bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT EXISTS (SELECT FROM setup_link WHERE token_hash = link AND used_at IS NULL) $$;

-- Takes both factors from an account and signs it out everywhere; its passphrase stays.
CREATE FUNCTION app.take_factors(whose uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE account SET totp_secret = NULL, totp_step = 0 WHERE account_id = whose;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM account_unlocker WHERE account_id = whose AND kind = 'F';
  DELETE FROM passkey WHERE account_id = whose;
  DELETE FROM session WHERE account_id = whose;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION app.take_factors(uuid) FROM PUBLIC;

-- From the terminal: whoever has the machine may do it; it is written down in every programme of theirs.
CREATE FUNCTION app.reset_factor_here(name_hash_shown bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  whose uuid;
BEGIN
  SELECT account_id INTO whose FROM account WHERE name_hash = name_hash_shown;
  IF whose IS NULL THEN RETURN false; END IF;
  INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, object_id, fields)
    SELECT m.programme_id, '00000000-0000-0000-0000-000000000000', 'terminal', 'programme.resetFactor', m.id, '{secondFactor}'
    FROM membership m WHERE m.account_id = whose AND m.ended_at IS NULL;
  RETURN app.take_factors(whose);
END $$;

-- What an administrator may do ----------------------------------------------------------------

-- The programme with its first administrator, by the link; false when it was used or never was.
CREATE FUNCTION app.found_programme(link bytea, the_session uuid, programme uuid, membership uuid, its_name text,
  zone text, its_locale text, its_country text, is_part2 boolean, administrator text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE setup_link SET used_at = now() WHERE token_hash = link AND used_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO programme (id, name, time_zone, locale, country, part2)
    VALUES (programme, its_name, zone, its_locale, its_country, is_part2);
  INSERT INTO membership (programme_id, id, account_id, role, display_name)
    VALUES (programme, membership, app.account(), 'administrator', administrator);
  INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, object_id)
    VALUES (programme, membership, 'administrator', 'programme.create', programme);
  RETURN app.use_membership(the_session, programme, membership);
END $$;

-- The invitation behind a link, for whoever holds it.
CREATE FUNCTION app.staff_invitation_by(link bytea) RETURNS TABLE (programme_id uuid, id uuid, programme_name text,
  role text, display_name text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.programme_id, i.id, p.name, i.role, i.display_name,
    CASE WHEN i.used_at IS NOT NULL THEN 'used' WHEN i.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN i.expires_at <= now() THEN 'expired' ELSE 'open' END
  FROM staff_invitation i JOIN programme p ON p.id = i.programme_id WHERE i.token_hash = link
$$;

-- Makes the signed-in account a member by an open invitation; the new membership, or nothing.
CREATE FUNCTION app.accept_staff_invitation(link bytea, the_session uuid, new_membership uuid, name_here text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  i staff_invitation;
BEGIN
  UPDATE staff_invitation x SET used_at = now()
    WHERE x.token_hash = link AND x.used_at IS NULL AND x.withdrawn_at IS NULL AND x.expires_at > now()
    RETURNING * INTO i;
  IF i.id IS NULL THEN RETURN NULL; END IF;
  INSERT INTO membership (programme_id, id, account_id, role, display_name)
    VALUES (i.programme_id, new_membership, app.account(), i.role, name_here);
  INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, object_id, fields)
    VALUES (i.programme_id, new_membership, i.role, 'programme.acceptStaffInvitation', i.id, '{}');
  PERFORM app.use_membership(the_session, i.programme_id, new_membership);
  RETURN new_membership;
END $$;

-- The staff of the asker's programme and whether they have a second factor.
CREATE FUNCTION app.staff_of_programme() RETURNS TABLE (membership_id uuid, display_name text, role text, since timestamptz,
  totp boolean, passkeys integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.display_name, m.role, m.created_at, a.totp_secret IS NOT NULL,
    (SELECT count(*)::int FROM passkey k WHERE k.account_id = a.account_id)
  FROM membership m JOIN account a ON a.account_id = m.account_id
  WHERE app.is_administrator() AND m.programme_id = app.programme() AND m.ended_at IS NULL
    AND m.role NOT IN ('client','sponsor','partner')
  ORDER BY m.display_name, m.id
$$;

-- Ends a staff membership and its sessions at once: 'done', 'absent', or 'last' for the last administrator.
CREATE FUNCTION app.remove_staff(which uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  m membership;
BEGIN
  IF NOT app.is_administrator() THEN RETURN 'absent'; END IF;
  -- Two administrators who remove each other at once must not leave a programme without any.
  PERFORM FROM membership x WHERE x.programme_id = app.programme() AND x.role = 'administrator' ORDER BY x.id FOR UPDATE;
  SELECT * INTO m FROM membership x WHERE x.programme_id = app.programme() AND x.id = which AND x.ended_at IS NULL
    AND x.role NOT IN ('client','sponsor','partner');
  IF m.id IS NULL THEN RETURN 'absent'; END IF;
  IF m.role = 'administrator' AND (SELECT count(*) FROM membership x WHERE x.programme_id = app.programme()
      AND x.role = 'administrator' AND x.ended_at IS NULL) = 1 THEN RETURN 'last'; END IF;
  UPDATE membership x SET ended_at = now() WHERE x.programme_id = m.programme_id AND x.id = m.id;
  DELETE FROM session s WHERE s.programme_id = m.programme_id AND s.membership_id = m.id;
  RETURN 'done';
END $$;

-- A second administrator approves: not the one who asked, and not for oneself.
CREATE FUNCTION app.approve_factor_reset(which uuid, approver uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  whose uuid;
BEGIN
  IF NOT app.is_administrator() THEN RETURN false; END IF;
  UPDATE factor_reset r SET approved_by = approver, approved_at = now()
    FROM membership m, membership a
    WHERE r.programme_id = app.programme() AND r.id = which AND r.approved_by IS NULL
      AND r.asked_by <> approver AND r.membership_id <> approver
      AND r.asked_at > now() - interval '7 days'
      AND m.programme_id = r.programme_id AND m.id = r.membership_id AND m.ended_at IS NULL
      AND a.programme_id = r.programme_id AND a.id = approver AND a.account_id = app.account() AND a.ended_at IS NULL
    RETURNING m.account_id INTO whose;
  IF whose IS NULL THEN RETURN false; END IF;
  RETURN app.take_factors(whose);
END $$;

REVOKE ALL ON FUNCTION app.offer_setup(bytea), app.setup_open(bytea), app.reset_factor_here(bytea),
  app.found_programme(bytea, uuid, uuid, uuid, text, text, text, text, boolean, text),
  app.staff_invitation_by(bytea), app.accept_staff_invitation(bytea, uuid, uuid, text), app.staff_of_programme(),
  app.remove_staff(uuid), app.approve_factor_reset(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.offer_setup(bytea), app.setup_open(bytea), app.reset_factor_here(bytea),
  app.found_programme(bytea, uuid, uuid, uuid, text, text, text, text, boolean, text),
  app.staff_invitation_by(bytea), app.accept_staff_invitation(bytea, uuid, uuid, text), app.staff_of_programme(),
  app.remove_staff(uuid), app.approve_factor_reset(uuid, uuid) TO stepwell_app;
