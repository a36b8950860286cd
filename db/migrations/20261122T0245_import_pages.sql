-- A page of a diff is read in the order of keys and stops when it is full.
CREATE INDEX list_import_change_key ON list_import_change (import_id, key);
CREATE INDEX list_import_change_kept ON list_import_change (import_id, key) WHERE jsonb_array_length(after->'kept') > 0;
