import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Db } from '#sql/db.ts';
import { emptyDatabase, type FreshDatabase } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { addUser, createOriginal } from './testing-original.ts';

interface Both {
  /** The index things are taken over into, empty before each test. */
  index: Omit<FreshDatabase, 'close'>;
  /** The database of the original, with the accounts 1 to 4 and nothing else before each test. */
  original: FreshDatabase;
}

/** An index and an original for one test file, for the top of it. */
export function bothDatabases(): Both {
  const both = { index: freshIndex(), original: {} as FreshDatabase };
  beforeAll(async () => {
    Object.assign(both.original, await emptyDatabase());
    await createOriginal(both.original.db);
  }, 60_000);
  afterAll(() => both.original.close());
  beforeEach(async () => {
    await both.original.db.query('truncate "User" cascade');
    for (const number of [1, 2, 3, 4]) await addUser(both.original.db, number);
    await both.index.db.query('delete from account');
  });
  return both;
}

/** Everything that taking over wrote, the moment of it aside. */
export async function everythingTaken(db: Db): Promise<Record<string, unknown[]>> {
  const parts = {
    accounts: 'select github_id, login, created_at, seen_seq from account order by github_id',
    rows: `select to_jsonb(s) - 'waiting_since' - 'account_id' as row, github_id
             from submission s join account a on a.id = s.account_id order by gist_id`,
    lines: `select l.seq, case when move <> 'import' then at end as at, gist_id, github_id, move, from_state, to_state,
                   revision, previous_revision, reason, kind, text
              from moderation_log l left join account a on a.id = l.account_id left join note using (seq) order by seq`,
    head: 'select seq from log_head',
  };
  const taken: Record<string, unknown[]> = {};
  for (const [name, text] of Object.entries(parts)) taken[name] = (await db.query(text)).rows;
  return taken;
}
