import type { Db } from '../db.ts';

/**
 * Lets `now()` of a test's own database be told what time it is: as it is, plus a shift. Column defaults are made again,
 * because they are bound to the function that stood there when the table was made. Returns how to set the shift.
 */
export async function shiftTime(db: Db): Promise<(milliseconds: number) => Promise<void>> {
  await db.query(`
    create schema test_clock;
    create table test_clock.shift (milliseconds bigint not null);
    insert into test_clock.shift values (0);
    grant usage on schema test_clock to public;
    grant select on test_clock.shift to public;
    alter function pg_catalog.now() rename to now_unshifted;
    create function pg_catalog.now() returns timestamptz language sql stable as
      $$ select transaction_timestamp() + make_interval(secs => milliseconds / 1000.0) from test_clock.shift $$;
    do $$
      declare found record;
      begin
        for found in
          select table_name, column_name from information_schema.columns
           where table_schema = 'public' and column_default ~ '^(pg_catalog\\.)?now_unshifted\\(\\)$'
        loop
          execute format('alter table %I alter column %I set default now()', found.table_name, found.column_name);
        end loop;
      end
    $$`);
  return async (milliseconds) => {
    await db.query('update test_clock.shift set milliseconds = $1', [milliseconds]);
  };
}
