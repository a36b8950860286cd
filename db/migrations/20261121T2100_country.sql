-- In which country somebody's programme is: its crisis lines are the ones that answer there.
DROP FUNCTION app.own_memberships();
CREATE FUNCTION app.own_memberships() RETURNS TABLE (programme_id uuid, membership_id uuid, role text,
  display_name text, client_id uuid, programme_name text, time_zone text, locale text, country text, demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.programme_id, m.id, m.role, m.display_name, m.client_id, p.name, p.time_zone, p.locale, p.country, p.demo
  FROM membership m JOIN programme p ON p.id = m.programme_id
  WHERE m.account_id = app.account() AND m.ended_at IS NULL
  ORDER BY m.created_at DESC, m.id
$$;
REVOKE ALL ON FUNCTION app.own_memberships() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.own_memberships() TO stepwell_app;

DROP FUNCTION app.look_at_invitation(bytea);
CREATE FUNCTION app.look_at_invitation(code bytea)
RETURNS TABLE (outcome text, programme_name text, country text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  i invitation;
BEGIN
  SELECT * INTO i FROM invitation x WHERE x.code_hash = code ORDER BY x.made_at DESC LIMIT 1;
  RETURN QUERY SELECT
    CASE WHEN i.id IS NULL THEN 'wrong'
         WHEN i.used_at IS NOT NULL THEN 'used'
         WHEN i.replaced_at IS NOT NULL THEN 'replaced'
         WHEN i.expires_at <= now() THEN 'expired'
         ELSE 'good' END,
    p.name, p.country, i.expires_at
  FROM (SELECT 1) one LEFT JOIN programme p ON p.id = i.programme_id;
END $$;
REVOKE ALL ON FUNCTION app.look_at_invitation(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.look_at_invitation(bytea) TO stepwell_app;
