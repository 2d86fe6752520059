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

/** Is the account still somebody's? It cannot be erased before the transaction ends. */
export async function holdAccount(tx: Db, accountId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from account where id = $1 and erased_at is null for key share',
    [accountId],
  );
  return rowCount > 0;
}

/** An account somebody names: by our internal key, as the server's log has it, or by GitHub's number. */
export type Named = { key: string } | { githubId: string };

/** Our internal key of an account that is somebody's; null where there is none. */
export async function findAccount(db: Db, named: Named): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'select id from account where erased_at is null and (id = $1 or github_id = $2)',
    'key' in named ? [named.key, null] : [null, named.githubId],
  );
  return rows[0]?.id ?? null;
}
