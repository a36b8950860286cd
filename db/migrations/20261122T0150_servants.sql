-- Who cares for which listings of a body, changes that others propose, twins, and who may see what
-- is not published.

-- `body`: everything. `region`, `group`: those listings. `propose`: nothing without approval.
ALTER TABLE service_body_servant
  ADD COLUMN scope text NOT NULL DEFAULT 'body' CHECK (scope IN ('body','region','group','propose')),
  -- General to specific, as a listing names them: {County, Town} covers all of that town.
  ADD COLUMN regions text[] NOT NULL DEFAULT '{}',
  ADD COLUMN group_name text NOT NULL DEFAULT '' CHECK (length(group_name) <= 255),
  ADD COLUMN display_name text NOT NULL DEFAULT '' CHECK (length(display_name) <= 80),
  ADD COLUMN added_at timestamptz NOT NULL DEFAULT now(),
  ADD CHECK ((scope = 'region') = (cardinality(regions) > 0)),
  ADD CHECK ((scope = 'group') = (group_name <> ''));

-- The name that the asker has in the programme: written down when a body is founded.
CREATE FUNCTION app.own_name() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT m.display_name FROM membership m
    WHERE m.account_id = app.account() AND m.programme_id = app.programme() LIMIT 1), '')
$$;
ALTER TABLE service_body_servant ALTER COLUMN display_name SET DEFAULT app.own_name();

-- Lists, sources and imports are kept by servants of the whole body.
CREATE OR REPLACE FUNCTION app.serves(body uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app.role() = 'system' OR (app.role() IN ('listServant','administrator')
    AND EXISTS (SELECT FROM service_body_servant s
      WHERE s.service_body_id = body AND s.account_id = app.account() AND s.scope = 'body'))
$$;

-- Whether the asker has any part in a body, be it only to propose.
CREATE FUNCTION app.helps(body uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app.role() = 'system' OR (app.role() IN ('listServant','administrator')
    AND EXISTS (SELECT FROM service_body_servant s WHERE s.service_body_id = body AND s.account_id = app.account()))
$$;

-- Whether the asker may change a listing as it reads.
CREATE FUNCTION app.serves_listing(body uuid, listing jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT app.role() = 'system' OR (app.role() IN ('listServant','administrator')
    AND EXISTS (SELECT FROM service_body_servant s
      WHERE s.service_body_id = body AND s.account_id = app.account()
        AND (s.scope = 'body'
          OR (s.scope = 'group' AND listing->>'group' = s.group_name)
          OR (s.scope = 'region' AND NOT EXISTS (SELECT FROM generate_subscripts(s.regions, 1) i
            WHERE (listing->'place'->'regions'->>(i - 1)) IS DISTINCT FROM s.regions[i])))))
$$;

-- A listing that its twin stands for is kept and not shown.
ALTER TABLE meeting
  ADD COLUMN twin_of uuid REFERENCES meeting (id) ON DELETE SET NULL,
  ADD CONSTRAINT meeting_twin CHECK (twin_of <> id),
  DROP CONSTRAINT meeting_published,
  ADD CONSTRAINT meeting_published CHECK (published = (gone_at IS NULL AND NOT draft AND twin_of IS NULL));
CREATE INDEX meeting_twin_of ON meeting (twin_of) WHERE twin_of IS NOT NULL;

-- Whoever writes: a draft, a twin or one that is gone is never shown.
CREATE FUNCTION app.listing_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.published := NEW.gone_at IS NULL AND NOT NEW.draft AND NEW.twin_of IS NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER listing_shown BEFORE INSERT OR UPDATE ON meeting
  FOR EACH ROW EXECUTE FUNCTION app.listing_shown();

DROP POLICY servant ON meeting;
CREATE POLICY servant ON meeting USING (app.serves_listing(service_body_id, listing));
-- Helpers see what is waiting to be published where they may change it; the rest as anyone does.

CREATE FUNCTION app.serves_meeting(which uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM meeting m WHERE m.id = which AND app.serves_listing(m.service_body_id, m.listing))
$$;

DROP POLICY servant ON meeting_contact;
CREATE POLICY servant ON meeting_contact USING (app.serves(service_body_id) OR app.serves_meeting(meeting_id));
DROP POLICY servant ON meeting_event;
CREATE POLICY servant ON meeting_event USING (app.serves(service_body_id) OR app.serves_meeting(meeting_id));
DROP POLICY servant ON meeting_closure;
CREATE POLICY servant ON meeting_closure USING (app.serves(service_body_id)
  OR (app.helps(service_body_id) AND cardinality(meeting_ids) > 0
    AND NOT EXISTS (SELECT FROM unnest(meeting_ids) i WHERE NOT app.serves_meeting(i))));
-- What was taken over from the twin, so that "same" can be taken back.
ALTER TABLE meeting_likeness ADD COLUMN merged jsonb;

-- Raises the version of a list by whoever may change any listing of its body; the new version.
CREATE FUNCTION app.list_changed(which uuid) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE meeting_list l SET version = l.version + 1 WHERE l.id = which AND app.helps(l.service_body_id)
  RETURNING l.version
$$;

-- Servants: those of the whole body let others in. Asked for with the rights of the house, because a
-- policy on this table that looks into this table would go round in circles.
CREATE FUNCTION app.keeps_body(body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT app.serves(body) $$;
-- Named to stand after "own", which answers nearly always and costs nothing.
CREATE POLICY peers ON service_body_servant USING (app.keeps_body(service_body_id));
GRANT UPDATE, DELETE ON service_body_servant TO stepwell_app;

-- Colleagues who may be asked to care for listings: by their own names, to whoever keeps lists.
CREATE FUNCTION app.possible_servants() RETURNS TABLE (membership_id uuid, account_id uuid, display_name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.account_id, m.display_name, m.role FROM membership m
  WHERE app.role() IN ('listServant','administrator') AND m.programme_id = app.programme()
    AND m.ended_at IS NULL AND m.role IN ('listServant','administrator')
  ORDER BY m.display_name, m.id
$$;

-- A change that somebody may not make, for somebody who may.
CREATE TABLE list_proposal (
  id uuid PRIMARY KEY,
  service_body_id uuid NOT NULL REFERENCES service_body (id) ON DELETE CASCADE,
  meeting_id uuid NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL DEFAULT app.own_name() CHECK (length(made_by_name) <= 80),
  made_at timestamptz NOT NULL DEFAULT now(),
  fields text[] NOT NULL CHECK (cardinality(fields) > 0),
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','approved','declined','withdrawn')),
  answered_by uuid,
  answered_at timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500)
);
CREATE INDEX list_proposal_body ON list_proposal (service_body_id, state, made_at);
CREATE INDEX list_proposal_meeting ON list_proposal (meeting_id);
ALTER TABLE list_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE list_proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON list_proposal FOR SELECT USING (made_by = app.account() AND app.helps(service_body_id));
CREATE POLICY propose ON list_proposal FOR INSERT
  WITH CHECK (made_by = app.account() AND state = 'open' AND app.helps(service_body_id));
CREATE POLICY withdraw ON list_proposal FOR UPDATE USING (made_by = app.account() AND state = 'open')
  WITH CHECK (made_by = app.account() AND state = 'withdrawn');
CREATE POLICY servant ON list_proposal FOR ALL
  USING (app.helps(service_body_id) AND (app.serves(service_body_id) OR app.serves_meeting(meeting_id)));
CREATE POLICY house ON list_proposal TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, UPDATE ON list_proposal TO stepwell_app;

REVOKE ALL ON FUNCTION app.list_changed(uuid), app.keeps_body(uuid), app.possible_servants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.list_changed(uuid), app.keeps_body(uuid), app.possible_servants() TO stepwell_app;
