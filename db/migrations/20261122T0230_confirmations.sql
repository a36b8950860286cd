-- Whether listings are still right: letters to the contacts of groups, and what visitors report.

-- One letter to one contact of a body. The address in it holds a secret, made as it leaves; only its
-- hash is kept.
CREATE TABLE confirmation_request (
  id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  contact text NOT NULL CHECK (length(contact) BETWEEN 3 AND 320),
  meeting_ids uuid[] NOT NULL CHECK (cardinality(meeting_ids) BETWEEN 1 AND 200),
  locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en','es')),
  how text NOT NULL CHECK (how IN ('mail','by-hand')),
  made_at timestamptz NOT NULL DEFAULT now(),
  next_at timestamptz,
  tries integer NOT NULL DEFAULT 0,
  sent_at timestamptz,
  trouble text CHECK (length(trouble) <= 60),
  expires_at timestamptz NOT NULL DEFAULT now() + interval '60 days',
  answered_at timestamptz,
  answer text CHECK (answer IN ('right','different','stop')),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX confirmation_request_body ON confirmation_request (service_body_id, made_at);
CREATE INDEX confirmation_request_due ON confirmation_request (next_at) WHERE next_at IS NOT NULL;
SELECT app.protect_directory('confirmation_request', false);
GRANT SELECT, INSERT, UPDATE ON confirmation_request TO stepwell_app;

-- Contacts who do not want to be written to; for good.
CREATE TABLE confirmation_stop (
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  contact text NOT NULL CHECK (length(contact) BETWEEN 3 AND 320),
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (service_body_id, contact)
);
SELECT app.protect_directory('confirmation_stop', false);
GRANT SELECT, INSERT ON confirmation_stop TO stepwell_app;

-- Lists whose groups are asked by themselves: those not confirmed for so many months.
CREATE TABLE confirmation_habit (
  list_id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL,
  after_months integer NOT NULL CHECK (after_months BETWEEN 1 AND 24),
  FOREIGN KEY (list_id, service_body_id) REFERENCES meeting_list (id, service_body_id) ON DELETE CASCADE
);
CREATE INDEX confirmation_habit_body ON confirmation_habit (service_body_id);
SELECT app.protect_directory('confirmation_habit', false);
GRANT SELECT, INSERT, UPDATE, DELETE ON confirmation_habit TO stepwell_app;

-- What somebody says is wrong with a listing. Of a visitor nothing is kept but the day.
CREATE TABLE listing_report (
  id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  meeting_id uuid NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  what text NOT NULL CHECK (what IN ('nobody-there','time','place','link','ended','other')),
  words text NOT NULL DEFAULT '' CHECK (length(words) <= 300),
  by_contact boolean NOT NULL DEFAULT false,
  reported_on date NOT NULL DEFAULT current_date,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','done','dismissed')),
  answered_by uuid,
  answered_at timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 300)
);
CREATE INDEX listing_report_body ON listing_report (service_body_id, state);
CREATE INDEX listing_report_meeting ON listing_report (meeting_id);
ALTER TABLE listing_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE listing_report FORCE ROW LEVEL SECURITY;
CREATE POLICY servant ON listing_report USING (app.helps(service_body_id)
  AND (app.serves(service_body_id) OR app.serves_meeting(meeting_id)));
-- Anyone may say so of what anyone may see; what others said stays with those who keep the list.
CREATE POLICY anyone ON listing_report FOR INSERT WITH CHECK (app.role() IS NOT NULL AND state = 'open'
  AND NOT by_contact AND answered_by IS NULL AND reported_on = current_date
  AND EXISTS (SELECT FROM meeting m WHERE m.id = meeting_id
    AND m.service_body_id = listing_report.service_body_id AND m.published));
CREATE POLICY house ON listing_report TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON listing_report TO stepwell_app;

-- Writes down that listings are right. Whoever calls it has been asked for that right already.
CREATE FUNCTION app.mark_confirmed(ids uuid[], by_whom text, account uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE meeting_list l SET version = l.version + 1
  WHERE l.id IN (SELECT m.list_id FROM meeting m WHERE m.id = ANY (ids));
  INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, fields)
  SELECT gen_random_uuid(), m.id, m.service_body_id, 'confirmed', account, '{}' FROM meeting m WHERE m.id = ANY (ids);
  UPDATE meeting m SET changed_at = now(), version = l.version,
    listing = m.listing || jsonb_build_object('confirmedBy', by_whom,
      'confirmedAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM meeting_list l WHERE l.id = m.list_id AND m.id = ANY (ids);
END $$;

-- The letter of a secret, for whoever holds it: its listings as anyone sees them, and what was answered.
CREATE FUNCTION app.confirmation_of(secret bytea) RETURNS TABLE
  (id uuid, service_body_id uuid, body text, locale text, expired boolean, answer text, meeting_id uuid, listing jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.service_body_id, b.name, r.locale, r.expires_at < now(), r.answer, m.id, m.listing
  FROM confirmation_request r JOIN service_body b ON b.id = r.service_body_id
  LEFT JOIN meeting m ON m.id = ANY (r.meeting_ids) AND m.published
  WHERE r.token_hash = secret ORDER BY m.listing->>'name', m.id
$$;

-- Takes the answer of whoever holds the secret. A later answer goes before an earlier one, within the
-- sixty days; what was already written down stays in the history.
CREATE FUNCTION app.answer_confirmation(secret bytea, said text, what text, which uuid, said_words text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r confirmation_request; shown uuid[];
BEGIN
  SELECT * INTO r FROM confirmation_request WHERE token_hash = secret AND expires_at >= now() FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT coalesce(array_agg(m.id), '{}') INTO shown FROM meeting m
  WHERE m.id = ANY (r.meeting_ids) AND m.published AND (which IS NULL OR m.id = which);
  IF said = 'right' THEN
    PERFORM app.mark_confirmed(shown, 'group', NULL);
  ELSIF said = 'stop' THEN
    INSERT INTO confirmation_stop (service_body_id, contact) VALUES (r.service_body_id, r.contact) ON CONFLICT DO NOTHING;
  ELSE
    INSERT INTO listing_report (id, service_body_id, meeting_id, what, words, by_contact)
    SELECT gen_random_uuid(), r.service_body_id, i, what, said_words, true FROM unnest(shown) i;
  END IF;
  UPDATE confirmation_request SET answer = said, answered_at = now() WHERE id = r.id;
  RETURN true;
END $$;

-- Servants confirm what they may change.
CREATE FUNCTION app.confirm_listings(ids uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine uuid[];
BEGIN
  SELECT coalesce(array_agg(m.id), '{}') INTO mine FROM meeting m
  WHERE m.id = ANY (ids) AND app.serves_listing(m.service_body_id, m.listing);
  PERFORM app.mark_confirmed(mine, 'servant', app.account());
  RETURN cardinality(mine);
END $$;
REVOKE ALL ON FUNCTION app.confirmation_of(bytea), app.answer_confirmation(bytea, text, text, uuid, text),
  app.confirm_listings(uuid[]), app.mark_confirmed(uuid[], text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.confirmation_of(bytea), app.answer_confirmation(bytea, text, text, uuid, text),
  app.confirm_listings(uuid[]) TO stepwell_app;
