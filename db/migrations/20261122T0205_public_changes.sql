-- What became of published listings, for whoever reads the open plane: never who did it, never of a
-- draft. The newest first, at most 2,000. `shown`: it is published now.
CREATE FUNCTION app.public_changes(from_at timestamptz, until_at timestamptz, of_meeting bigint, of_bodies bigint[])
RETURNS TABLE (number bigint, happened_at timestamptz, kind text, meeting_id uuid, meeting_number bigint,
  shown boolean, listing jsonb, body_number bigint, body_name text, before jsonb, after jsonb, fields text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.number, e.happened_at, e.kind, m.id, m.number, m.published, m.listing, b.number, b.name,
    e.before, e.after, e.fields
  FROM meeting_event e
  JOIN meeting m ON m.id = e.meeting_id
  JOIN meeting_list l ON l.id = m.list_id AND l.published
  JOIN service_body b ON b.id = m.service_body_id
  WHERE app.role() IS NOT NULL AND NOT m.draft AND m.twin_of IS NULL AND e.kind <> 'confirmed'
    AND (from_at IS NULL OR e.happened_at >= from_at) AND (until_at IS NULL OR e.happened_at < until_at)
    AND (of_meeting IS NULL OR m.number = of_meeting) AND (of_bodies IS NULL OR b.number = ANY (of_bodies))
  ORDER BY e.number DESC LIMIT 2000
$$;
REVOKE ALL ON FUNCTION app.public_changes(timestamptz, timestamptz, bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.public_changes(timestamptz, timestamptz, bigint, bigint[]) TO stepwell_app;
