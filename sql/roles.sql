-- The roles that sql/grants.sql gives rights to. Run it once on a server, as a superuser or as one who may create roles;
-- again is fine:
--   psql --dbname postgres --file sql/roles.sql
-- Nobody signs in as one of them: the site, the jobs, the retention and the backup each have a login
-- of their own that is in one.
do $$
declare
  name text;
begin
  foreach name in array array[
    'openagentsessions_site', 'openagentsessions_jobs', 'openagentsessions_retention', 'openagentsessions_backup'
  ] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
end
$$;
