-- Also where there is no context, as in a repair by hand: then there is no name.
CREATE OR REPLACE FUNCTION app.own_name() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT m.display_name FROM membership m
    WHERE m.account_id = nullif(current_setting('stepwell.account', true), '')::uuid
      AND m.programme_id = nullif(current_setting('stepwell.programme', true), '')::uuid LIMIT 1), '')
$$;
