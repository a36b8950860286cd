-- Clients: admission, and the invitation by which a person's own account joins their record.

-- A record number is one record, however it is typed.
CREATE UNIQUE INDEX client_record_number ON client (programme_id, lower(record_number));
CREATE INDEX client_name ON client (programme_id, lower(display_name), id);

CREATE TABLE episode (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  setting text NOT NULL CHECK (setting IN ('outpatient','intensiveOutpatient','inpatient','aftercare')),
  admitted_on date NOT NULL,
  admitted_by uuid NOT NULL,
  discharged_on date CHECK (discharged_on >= admitted_on),
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, admitted_by) REFERENCES membership (programme_id, id)
);
CREATE UNIQUE INDEX episode_open ON episode (programme_id, client_id) WHERE discharged_on IS NULL;
CREATE INDEX episode_client ON episode (programme_id, client_id, admitted_on);
SELECT app.protect_chart('episode');
CREATE POLICY staff_writes ON episode AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff());
CREATE POLICY staff_changes ON episode AS RESTRICTIVE FOR UPDATE USING (app.is_staff());
GRANT SELECT, INSERT, UPDATE ON episode TO stepwell_app;

-- The code itself is never stored. One row an invitation; the rows stay as the record of who was invited when.
CREATE TABLE invitation (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  made_at timestamptz NOT NULL DEFAULT now(),
  made_by uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  -- The record has an account already, and that account's access ends when this one is accepted.
  replaces_account boolean NOT NULL DEFAULT false,
  used_at timestamptz,
  used_by uuid,
  replaced_at timestamptz,
  PRIMARY KEY (programme_id, id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, made_by) REFERENCES membership (programme_id, id),
  FOREIGN KEY (programme_id, used_by) REFERENCES membership (programme_id, id),
  CHECK ((used_at IS NULL) = (used_by IS NULL))
);
CREATE INDEX invitation_code ON invitation (code_hash);
CREATE INDEX invitation_client ON invitation (programme_id, client_id, made_at);
SELECT app.protect_staff('invitation');
CREATE POLICY house ON invitation TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON invitation TO stepwell_app;

-- What an invitation is worth now. Tells 'used', 'replaced' and 'expired' only to whoever holds the code.
CREATE FUNCTION app.look_at_invitation(code bytea)
RETURNS TABLE (outcome text, programme_name text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  i invitation;
BEGIN
  SELECT * INTO i FROM invitation x WHERE x.code_hash = code ORDER BY x.made_at DESC LIMIT 1;
  RETURN QUERY SELECT
    CASE WHEN i.id IS NULL THEN 'wrong'
         WHEN i.used_at IS NOT NULL THEN 'used'
         WHEN i.replaced_at IS NOT NULL THEN 'replaced'
         WHEN i.expires_at <= now() THEN 'expired'
         ELSE 'good' END,
    (SELECT p.name FROM programme p WHERE p.id = i.programme_id), i.expires_at;
END $$;
REVOKE ALL ON FUNCTION app.look_at_invitation(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.look_at_invitation(bytea) TO stepwell_app;

-- Joins the signed-in account to the invited record, once: membership, session and audit row together.
-- The context is another programme's (or none) before and after; inside it is the invitation's.
CREATE FUNCTION app.accept_invitation(code bytea, the_session uuid, new_membership uuid)
RETURNS TABLE (outcome text, programme_id uuid, client_id uuid, programme_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  person uuid := app.account();
  was_programme uuid := app.programme();
  was_client uuid := app.client();
  was_role text := app.role();
  i invitation;
  c client;
  earlier membership;
BEGIN
  IF person = '00000000-0000-0000-0000-000000000000' THEN RAISE EXCEPTION 'no account'; END IF;
  SELECT * INTO i FROM invitation x WHERE x.code_hash = code ORDER BY x.made_at DESC LIMIT 1 FOR UPDATE;
  outcome := CASE WHEN i.id IS NULL THEN 'wrong'
                  WHEN i.used_at IS NOT NULL THEN 'used'
                  WHEN i.replaced_at IS NOT NULL THEN 'replaced'
                  WHEN i.expires_at <= now() THEN 'expired'
                  ELSE 'good' END;
  IF outcome <> 'good' THEN
    RETURN NEXT;
    RETURN;
  END IF;

  PERFORM app.set_context(i.programme_id, person, i.client_id, 'client');
  SELECT * INTO c FROM client x WHERE x.programme_id = i.programme_id AND x.id = i.client_id;
  SELECT * INTO earlier FROM membership x
    WHERE x.programme_id = i.programme_id AND x.client_id = i.client_id AND x.ended_at IS NULL;
  IF earlier.id IS NOT NULL AND NOT i.replaces_account THEN
    outcome := 'used';
  ELSE
    UPDATE membership x SET ended_at = now() WHERE x.programme_id = i.programme_id AND x.id = earlier.id;
    INSERT INTO membership (programme_id, id, account_id, role, display_name, client_id)
      VALUES (i.programme_id, new_membership, person, 'client', c.display_name, i.client_id);
    UPDATE invitation x SET used_at = now(), used_by = new_membership
      WHERE x.programme_id = i.programme_id AND x.id = i.id;
    UPDATE session x SET programme_id = i.programme_id, membership_id = new_membership
      WHERE x.id = the_session AND x.account_id = person;
    INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, client_id, object_id, fields)
      VALUES (i.programme_id, new_membership, 'client', 'invitation.accept', i.client_id, i.id, '{account}');
    programme_id := i.programme_id;
    client_id := i.client_id;
    programme_name := (SELECT p.name FROM programme p WHERE p.id = i.programme_id);
  END IF;
  PERFORM app.set_context(was_programme, person, was_client, was_role);
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION app.accept_invitation(bytea, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.accept_invitation(bytea, uuid, uuid) TO stepwell_app;
