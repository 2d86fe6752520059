import { readFileSync } from 'node:fs';
import type { Db } from '../db.ts';

/** Who uses a database in tests; its owner made it, and may do everything. */
export type Role = 'site' | 'jobs' | 'retention' | 'backup';

const roles: readonly Role[] = ['site', 'jobs', 'retention', 'backup'];

/** The login that is in a role, as operators make one. */
const loginOf = (role: Role) => `openagentsessions_test_${role}`;

/** Makes the roles and a login for each, with the password of the tests' own user. No other test may do so meanwhile. */
export async function makeRoles(admin: Db, serverUrl: string): Promise<void> {
  await admin.query(readFileSync(new URL('../roles.sql', import.meta.url), 'utf8'));
  for (const role of roles) {
    const { rows } = await admin.query<{ statement: string }>(
      `select format('create role %I login password %L in role %I', $1::text, $2::text, $3::text) as statement
        where not exists (select from pg_roles where rolname = $1)`,
      [loginOf(role), decodeURIComponent(new URL(serverUrl).password) || null, `openagentsessions_${role}`],
    );
    if (rows[0]) await admin.query(rows[0].statement);
  }
}

/** The same database, for somebody who signs in as one of the roles. */
export function urlAs(role: Role, url: string): string {
  const other = new URL(url);
  other.username = loginOf(role);
  return other.href;
}
