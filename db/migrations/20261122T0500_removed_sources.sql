-- A source that is removed is kept with its history, so that it can be brought back. Its listings stay as
-- the list's own, or went out with it; those have its hour as theirs.
ALTER TABLE list_source
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN removed_how text CHECK (removed_how IN ('keep','out')),
  ADD CONSTRAINT list_source_removed CHECK ((removed_at IS NULL) = (removed_how IS NULL));

-- An empty list that is put away is not published, and can be taken out again.
ALTER TABLE meeting_list
  ADD COLUMN removed_at timestamptz,
  ADD CONSTRAINT meeting_list_removed CHECK (removed_at IS NULL OR NOT published);
