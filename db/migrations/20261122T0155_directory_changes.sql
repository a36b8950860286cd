-- What of a published list is newer than a copy of it. Of a listing that is not published any more only
-- the id is told, so that the copy can let go of it: its row is hidden from anyone by then.
CREATE FUNCTION app.directory_changes(list uuid, since bigint)
RETURNS TABLE (id uuid, number bigint, changed_at timestamptz, listing jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.number, m.changed_at, CASE WHEN m.published THEN m.listing END
  FROM meeting m JOIN meeting_list l ON l.id = m.list_id
  WHERE l.id = list AND l.published AND m.version > since
$$;
REVOKE ALL ON FUNCTION app.directory_changes(uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.directory_changes(uuid, bigint) TO stepwell_app;
