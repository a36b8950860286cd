-- Sealed records of the private space: bytes that the server cannot open. A version is never
-- overwritten; two devices that made the same version leave both.
CREATE TABLE private_feed (
  account_id uuid PRIMARY KEY REFERENCES account (account_id) ON DELETE CASCADE,
  last_n bigint NOT NULL
);
SELECT app.protect_account('private_feed');
GRANT SELECT, INSERT, UPDATE ON private_feed TO stepwell_app;

CREATE TABLE private_object (
  account_id uuid NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
  obj uuid NOT NULL,
  ver integer NOT NULL CHECK (ver >= 1),
  bh bytea NOT NULL GENERATED ALWAYS AS (sha256(body)) STORED,
  suite smallint NOT NULL,
  prev bytea NOT NULL CHECK (length(prev) IN (0, 32)),
  commitment bytea NOT NULL CHECK (length(commitment) = 32),
  -- 12-byte nonce, one of four padded sizes, 16-byte tag.
  body bytea NOT NULL CHECK (length(body) IN (1052, 4124, 16412, 65564)),
  self_wrap bytea NOT NULL CHECK (length(self_wrap) = 60),
  epoch integer NOT NULL CHECK (epoch >= 1),
  hour timestamptz NOT NULL CHECK (hour = date_trunc('hour', hour, 'UTC')),
  -- Place in the account's own feed, without gaps: a new device reads on from the last it has.
  n bigint NOT NULL,
  PRIMARY KEY (account_id, obj, ver, bh),
  UNIQUE (account_id, n)
);
SELECT app.protect_account('private_object');
GRANT SELECT, INSERT ON private_object TO stepwell_app;
