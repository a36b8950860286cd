-- One account for everybody: a name as a keyed hash, a passphrase by OPAQUE, passkeys, a recovery
-- code, and the wrapped master key of the private space. The server can open none of it.

-- Keys of this installation; they travel with the database, so that a restore brings accounts back.
CREATE TABLE server_secret (
  name text PRIMARY KEY,
  value text NOT NULL
);
ALTER TABLE server_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE server_secret FORCE ROW LEVEL SECURITY;
CREATE POLICY readable ON server_secret FOR SELECT USING (true);
CREATE POLICY made_once ON server_secret FOR INSERT WITH CHECK (true);
GRANT SELECT, INSERT ON server_secret TO stepwell_app;

ALTER TABLE account
  ADD COLUMN epoch integer NOT NULL DEFAULT 1 CHECK (epoch >= 1),
  ADD COLUMN identity_key bytea CHECK (length(identity_key) = 32),
  ADD COLUMN identity_wrap bytea CHECK (length(identity_wrap) = 60),
  ADD COLUMN recovery_hash bytea UNIQUE CHECK (length(recovery_hash) = 32),
  ADD COLUMN recovery_confirmed_at timestamptz,
  ADD COLUMN totp_secret text,
  ADD COLUMN totp_step bigint NOT NULL DEFAULT 0;

-- When this session last showed a passphrase, passkey or recovery code: asked for before keys change.
ALTER TABLE session ADD COLUMN proved_at timestamptz NOT NULL DEFAULT now();

-- The master key wrapped by each unlock secret: R recovery code, W passphrase, F passkey. Never D,
-- which stays on its device.
CREATE TABLE account_unlocker (
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('R','W','F')),
  credential text NOT NULL CHECK (length(credential) BETWEEN 1 AND 1400),
  epoch integer NOT NULL,
  wrap bytea NOT NULL CHECK (length(wrap) = 60),
  PRIMARY KEY (account_id, kind, credential)
);
SELECT app.protect_account('account_unlocker');
GRANT SELECT, INSERT, UPDATE, DELETE ON account_unlocker TO stepwell_app;

CREATE TABLE passkey (
  credential text PRIMARY KEY CHECK (length(credential) BETWEEN 1 AND 1400),
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}',
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 60),
  created_on date NOT NULL DEFAULT current_date
);
CREATE INDEX passkey_account ON passkey (account_id);
SELECT app.protect_account('passkey');
GRANT SELECT, INSERT, UPDATE, DELETE ON passkey TO stepwell_app;

-- Before anybody is signed in there is no account in the context: these find it by what was shown.

CREATE FUNCTION app.account_by_name(hash bytea) RETURNS TABLE (account_id uuid, opaque_record text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT a.account_id, a.opaque_record FROM account a WHERE a.name_hash = hash $$;

CREATE FUNCTION app.account_by_recovery(hash bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT a.account_id FROM account a WHERE a.recovery_hash = hash $$;

CREATE FUNCTION app.account_by_passkey(shown text) RETURNS TABLE (account_id uuid, public_key bytea, counter bigint, transports text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT p.account_id, p.public_key, p.counter, p.transports FROM passkey p WHERE p.credential = shown $$;

-- One's own memberships with the names of their programmes, newest first.
CREATE FUNCTION app.own_memberships() RETURNS TABLE (programme_id uuid, membership_id uuid, role text,
  display_name text, client_id uuid, programme_name text, time_zone text, locale text, demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.programme_id, m.id, m.role, m.display_name, m.client_id, p.name, p.time_zone, p.locale, p.demo
  FROM membership m JOIN programme p ON p.id = m.programme_id
  WHERE m.account_id = app.account() AND m.ended_at IS NULL
  ORDER BY m.created_at DESC, m.id
$$;

-- A session begins to act for one of its account's memberships.
CREATE FUNCTION app.use_membership(which uuid, programme uuid, membership uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE session s SET programme_id = programme, membership_id = membership,
    expires_at = CASE WHEN m.role IN ('client','sponsor','partner') THEN s.expires_at
                      ELSE least(s.expires_at, s.created_at + interval '12 hours') END
  FROM membership m
  WHERE s.id = which AND s.account_id = app.account() AND m.account_id = s.account_id
    AND m.programme_id = programme AND m.id = membership AND m.ended_at IS NULL
  RETURNING true
$$;

REVOKE ALL ON FUNCTION app.account_by_name(bytea), app.account_by_recovery(bytea), app.account_by_passkey(text),
  app.own_memberships(), app.use_membership(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.account_by_name(bytea), app.account_by_recovery(bytea), app.account_by_passkey(text),
  app.own_memberships(), app.use_membership(uuid, uuid, uuid) TO stepwell_app;
