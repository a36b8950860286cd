-- A report comes with a secret that only the page it was sent from holds. Whoever has it can say the
-- same anew (a finger that tapped twice makes one report) or take it back, until somebody has dealt with
-- it and for two days at most; then even its hash is forgotten.
ALTER TABLE listing_report ADD COLUMN undo_hash bytea CHECK (length(undo_hash) = 32);
CREATE UNIQUE INDEX listing_report_undo ON listing_report (undo_hash) WHERE undo_hash IS NOT NULL;

-- Writes what a visitor says of a published listing: 'new', 'again', or why not.
CREATE FUNCTION app.report_listing(report uuid, of_meeting uuid, said text, said_words text, secret bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE listing_report SET undo_hash = NULL WHERE undo_hash IS NOT NULL AND reported_on < current_date - 1;
  INSERT INTO listing_report (id, service_body_id, meeting_id, what, words, undo_hash)
  SELECT report, m.service_body_id, m.id, said, said_words, secret FROM meeting m WHERE m.id = of_meeting AND m.published
  ON CONFLICT (undo_hash) WHERE undo_hash IS NOT NULL DO NOTHING;
  IF FOUND THEN RETURN 'new'; END IF;
  -- A second tap has no words; those that were added stay.
  UPDATE listing_report SET what = said, words = CASE WHEN said_words = '' THEN words ELSE said_words END
  WHERE undo_hash = secret AND meeting_id = of_meeting AND state = 'open';
  IF FOUND THEN RETURN 'again'; END IF;
  IF EXISTS (SELECT FROM listing_report WHERE undo_hash = secret AND meeting_id = of_meeting)
  THEN RETURN 'dealtWith'; END IF;
  RETURN 'notFound';
END $$;

-- Takes back what was said; false where somebody has dealt with it. What is not there is taken back already.
CREATE FUNCTION app.take_report_back(secret bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM listing_report WHERE undo_hash = secret AND state = 'open';
  RETURN NOT EXISTS (SELECT FROM listing_report WHERE undo_hash = secret);
END $$;

REVOKE ALL ON FUNCTION app.report_listing(uuid, uuid, text, text, bytea), app.take_report_back(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.report_listing(uuid, uuid, text, text, bytea), app.take_report_back(bytea) TO stepwell_app;

-- Reports come in by that function alone.
DROP POLICY anyone ON listing_report;
REVOKE INSERT ON listing_report FROM stepwell_app;
