import type { Db } from '../db.ts';

/** The account of a GitHub id, made at its first sign-in; the login follows renames. Returns our internal key. */
export async function recordAccount(db: Db, account: { githubId: string; login: string }): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into account (github_id, login) values ($1, $2)
     on conflict (github_id) do update set login = excluded.login
     returning id`,
    [account.githubId, account.login],
  );
  if (rows[0] === undefined) throw new Error('an account was neither inserted nor found');
  return rows[0].id;
}
