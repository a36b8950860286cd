-- The second authority, narrower: what no operation does in a role, the database refuses it too.

-- Programmes and memberships are made and ended by functions of the house alone.
REVOKE INSERT, UPDATE, DELETE ON programme, membership FROM stepwell_app;

-- A record is admitted and changed by staff; nobody deletes one.
REVOKE DELETE ON client FROM stepwell_app;
CREATE POLICY staff_writes ON client AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff());
CREATE POLICY staff_changes ON client AS RESTRICTIVE FOR UPDATE USING (app.is_staff());

-- What a client sends never looks as if staff had written it down.
CREATE POLICY own_name ON check_in AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff() OR entered_by IS NULL);
CREATE POLICY own_name ON attendance AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff() OR entered_by IS NULL);
CREATE POLICY own_name ON task_report AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff() OR entered_by IS NULL);
CREATE POLICY own_name ON planned_meeting AS RESTRICTIVE FOR INSERT WITH CHECK (app.is_staff() OR created_by = 'client');
CREATE POLICY own_name ON assessment_response AS RESTRICTIVE FOR INSERT
  WITH CHECK (app.is_staff() OR (entered_by = 'client' AND status = 'complete'));
