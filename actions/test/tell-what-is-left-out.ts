/** Says before the first test what this run cannot show. */
export function setup(): void {
  if (process.env.TEST_DATABASE_URL) return;
  process.stdout.write(
    'Without a PostgreSQL server (TEST_DATABASE_URL) the tests of locks, timeouts, roles and races are left out;\n' +
      '.ci/run starts one and runs them.\n',
  );
}
