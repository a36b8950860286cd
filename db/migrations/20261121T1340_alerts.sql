-- Alerts: what a named member of staff must take on. Staff only: the client never reads the row.

CREATE TABLE alert (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('item9','suicide','safety','slip')),
  source_id uuid NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  -- Everything that was done about it, in order: [{at, by, askedDirectly, safetyPlanMade, what}].
  response jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(response) = 'array'),
  -- Nothing is left to do: only then does it leave the list.
  closed_at timestamptz,
  PRIMARY KEY (programme_id, id),
  -- One source is one alert, however often it arrives.
  UNIQUE (programme_id, client_id, kind, source_id),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, acknowledged_by) REFERENCES membership (programme_id, id),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CHECK (closed_at IS NULL OR acknowledged_at IS NOT NULL)
);
CREATE INDEX alert_open ON alert (programme_id, raised_at) WHERE closed_at IS NULL;
CREATE INDEX alert_client ON alert (programme_id, client_id, raised_at);
SELECT app.protect_staff('alert');
CREATE POLICY house ON alert TO CURRENT_USER USING (true);
GRANT SELECT, UPDATE ON alert TO stepwell_app;

-- Raises an alert about a client: for the client's own answer, or for staff of the programme. The only
-- way in, because a client may cause an alert and never read one. Answers whether it was new.
CREATE FUNCTION app.raise_alert(programme uuid, client uuid, alert_kind text, source uuid, alert_id uuid)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF programme <> app.programme() OR NOT (app.is_staff() OR client = app.client()) THEN
    RAISE EXCEPTION 'an alert about somebody else';
  END IF;
  INSERT INTO alert (programme_id, id, client_id, kind, source_id)
    VALUES (programme, alert_id, client, alert_kind, source)
    ON CONFLICT (programme_id, client_id, kind, source_id) DO NOTHING;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION app.raise_alert(uuid, uuid, text, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.raise_alert(uuid, uuid, text, uuid, uuid) TO stepwell_app;

-- The safety plan, in our own structure (src/content/safety-plan.json). Every version stays.
CREATE TABLE safety_plan (
  programme_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
  version int NOT NULL CHECK (version > 0),
  made_at timestamptz NOT NULL DEFAULT now(),
  made_by uuid NOT NULL,
  PRIMARY KEY (programme_id, id),
  UNIQUE (programme_id, client_id, version),
  FOREIGN KEY (programme_id, client_id) REFERENCES client (programme_id, id) ON DELETE CASCADE,
  FOREIGN KEY (programme_id, made_by) REFERENCES membership (programme_id, id)
);
SELECT app.protect_chart('safety_plan');
CREATE POLICY staff_writes ON safety_plan AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff());
GRANT SELECT, INSERT ON safety_plan TO stepwell_app;
