-- An import goes through states that a screen can be left and come back to.
ALTER TABLE list_import
  ADD COLUMN state text NOT NULL DEFAULT 'handed' CHECK (state IN ('handed','fetching','reading','staged',
    'applying','applied','rollingBack','rolledBack','stopped','discarded')),
  -- Code of why it stopped (row-words), with its detail.
  ADD COLUMN trouble text CHECK (length(trouble) <= 60),
  ADD COLUMN trouble_detail text CHECK (length(trouble_detail) <= 300),
  ADD COLUMN same integer,
  ADD COLUMN back integer,
  -- Listings of which an address, that the source dropped, was kept.
  ADD COLUMN kept integer;
UPDATE list_import SET state = 'applied' WHERE applied_at IS NOT NULL;
CREATE INDEX list_import_waiting ON list_import (state) WHERE state IN ('fetching','reading','applying','rollingBack');

-- Screens page a diff by kind; a listing's own changes are found through it too.
CREATE INDEX list_import_change_kind ON list_import_change (import_id, change, key);
CREATE INDEX list_import_row_meeting ON list_import_row (import_id, meeting_id);
CREATE INDEX list_import_row_remarks ON list_import_row (import_id, row_number)
  WHERE refused IS NOT NULL OR warnings <> '[]';
-- What is newer than a copy in memory is found without reading a list.
CREATE INDEX meeting_version ON meeting (list_id, version);

-- Lists that came in before there were sources get theirs.
INSERT INTO list_source (id, list_id, service_body_id, name, format, fellowship, time_zone, succeeded_at)
  SELECT gen_random_uuid(), l.id, l.service_body_id, left(l.name, 120), 'meeting-guide', l.fellowship, l.time_zone, now()
  FROM meeting_list l WHERE EXISTS (SELECT FROM meeting m WHERE m.list_id = l.id);
UPDATE meeting m SET source_id = s.id, sourced = m.listing, version = l.version
  FROM list_source s JOIN meeting_list l ON l.id = s.list_id WHERE s.list_id = m.list_id;
UPDATE list_import i SET source_id = s.id FROM list_source s WHERE s.list_id = i.list_id;
