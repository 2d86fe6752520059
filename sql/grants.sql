-- What the roles of sql/roles.sql may do: what is not said here is refused. Every migration run applies it anew, after the
-- migrations, for those of the roles that exist. The backup reads everything, and writes only
-- that it was made.
--
-- A right is taken away only by the release after the last one that needs it: both run while one takes the other's place.
do $$
declare
  decided record;
begin
  for decided in
    select name, role, rights
      from (values
        -- table           the site                          the jobs                  the retention             the backup
        ('account',        'select, insert, update, delete', '',                       'select, update, delete', 'select'),
        ('backup_run',     'select',                         '',                       'select, update, delete', 'select, insert'),
        ('escalation',     'select, insert, update, delete', '',                       'select, update, delete', 'select'),
        ('inspection',     'select, insert, update, delete', 'select, insert, update', 'select, update, delete', 'select'),
        ('log_head',       'select, update',                 'select, update',         '',                       'select'),
        ('migration',      '',                               '',                       '',                       'select'),
        ('moderation_log', 'select, insert',                 'select, insert',         'select',                 'select'),
        ('note',           'select, insert, delete',         'insert',                 'select, update, delete', 'select'),
        ('rate_limit',     'select, insert, update, delete', '',                       'select, update, delete', 'select'),
        ('reader',         'select, insert, update, delete', '',                       'select, update, delete', 'select'),
        ('recheck_run',    'select',                         'select, insert, update', 'select, update, delete', 'select'),
        ('report',         'select, insert, update',         '',                       'select, update',         'select'),
        ('session',        'select, insert, update, delete', '',                       'select, update, delete', 'select'),
        ('sign_in',        'select, insert, delete',         '',                       'select, update, delete', 'select'),
        ('snapshot',       'select',                         'select, insert, update', '',                       'select'),
        ('submission',     'select, insert, update',         'select, update',         'select',                 'select')
      ) as wanted (name, site, jobs, retention, backup)
      cross join lateral (values
        ('openagentsessions_site', site),
        ('openagentsessions_jobs', jobs),
        ('openagentsessions_retention', retention),
        ('openagentsessions_backup', backup)
      ) as given (role, rights)
     where to_regclass('public.' || name) is not null and exists (select from pg_roles where rolname = role)
  loop
    execute format('revoke all on public.%I from %I', decided.name, decided.role);
    if decided.rights <> '' then
      execute format('grant %s on public.%I to %I', decided.rights, decided.name, decided.role);
    end if;
  end loop;

  if exists (select from pg_roles where rolname = 'openagentsessions_backup') then
    grant select on all sequences in schema public to openagentsessions_backup;
  end if;

  -- Nobody else on this server has anything to do in this database. A database of another owner is left as it is.
  for decided in
    select rolname as role from pg_roles
     where rolname in ('openagentsessions_site', 'openagentsessions_jobs', 'openagentsessions_retention',
                       'openagentsessions_backup')
       and pg_has_role('pg_database_owner', 'member')
  loop
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to %I', current_database(), decided.role);
    revoke all on schema public from public;
    execute format('grant usage on schema public to %I', decided.role);
  end loop;
end
$$;
