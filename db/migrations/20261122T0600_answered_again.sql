-- The address of a letter works for sixty days, and whoever holds it may tap as often as they like. What
-- they say anew of a listing stands in place of what they said, and right twice within an hour is once:
-- the history and the queue of those who keep the list are not filled by one hand.
CREATE OR REPLACE FUNCTION app.answer_confirmation(secret bytea, said text, what text, which uuid, said_words text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE r confirmation_request; shown uuid[];
BEGIN
  SELECT * INTO r FROM confirmation_request WHERE token_hash = secret AND expires_at >= now() FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT coalesce(array_agg(m.id), '{}') INTO shown FROM meeting m
  WHERE m.id = ANY (r.meeting_ids) AND m.published AND (which IS NULL OR m.id = which);
  IF said = 'right' THEN
    PERFORM app.mark_confirmed(coalesce(array_agg(m.id), '{}'), 'group', NULL) FROM meeting m
    WHERE m.id = ANY (shown) AND NOT (m.listing->>'confirmedBy' IS NOT DISTINCT FROM 'group'
      AND (m.listing->>'confirmedAt')::timestamptz > now() - interval '1 hour');
  ELSIF said = 'stop' THEN
    INSERT INTO confirmation_stop (service_body_id, contact) VALUES (r.service_body_id, r.contact) ON CONFLICT DO NOTHING;
  ELSE
    -- One that was dealt with stays; what is said after it is another.
    UPDATE listing_report l SET undo_hash = NULL FROM unnest(shown) i
    WHERE l.undo_hash = sha256(r.token_hash || uuid_send(i)) AND l.state <> 'open';
    INSERT INTO listing_report AS l (id, service_body_id, meeting_id, what, words, by_contact, undo_hash)
    SELECT gen_random_uuid(), r.service_body_id, i, what, said_words, true, sha256(r.token_hash || uuid_send(i))
    FROM unnest(shown) i
    ON CONFLICT (undo_hash) WHERE undo_hash IS NOT NULL DO UPDATE SET what = excluded.what, words = excluded.words;
  END IF;
  UPDATE confirmation_request SET answer = said, answered_at = now() WHERE id = r.id;
  RETURN true;
END $$;
