-- A session that begins to act for staff lives twelve hours from when its person was last recognised,
-- not from when it began: somebody's own session may be weeks old on the day they join the staff.
CREATE OR REPLACE FUNCTION app.use_membership(which uuid, programme uuid, membership uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE session s SET programme_id = programme, membership_id = membership,
    expires_at = CASE WHEN m.role IN ('client','sponsor','partner') THEN s.expires_at
                      ELSE least(s.expires_at, s.proved_at + interval '12 hours') END
  FROM membership m
  WHERE s.id = which AND s.account_id = app.account() AND m.account_id = s.account_id
    AND m.programme_id = programme AND m.id = membership AND m.ended_at IS NULL
  RETURNING true
$$;
