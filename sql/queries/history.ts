import type { Db } from '../db.ts';

/** One move in a submission's history, as its owner and the moderators see it. */
export interface HistoryEntry {
  seq: number;
  at: Date;
  move: string;
  fromState: string | null;
  toState: string;
  revision: string;
  reason: string | null;
  note: string | null;
  /** Who made the move; null for a job, and where the account was erased. */
  by: { githubId: string; login: string } | null;
}

interface Logged {
  gistId: string;
  seq: string;
  githubId: string | null;
  login: string | null;
}

/** The whole history of each gist, oldest move first; a gist without one is not in the map. */
export async function listHistories(
  db: Db,
  gistIds: readonly string[],
): Promise<Map<string, HistoryEntry[]>> {
  const { rows } = await db.query<Omit<HistoryEntry, 'seq' | 'by'> & Logged>(
    `select l.gist_id as "gistId", l.seq, l.at, l.move, l.from_state as "fromState", l.to_state as "toState",
            l.revision, l.reason, n.text as note, a.github_id as "githubId", a.login
       from moderation_log l left join note n on n.seq = l.seq left join account a on a.id = l.account_id
      where l.gist_id = any($1)
      order by l.seq`,
    [gistIds],
  );
  const histories = new Map<string, HistoryEntry[]>();
  for (const { gistId, seq, githubId, login, ...entry } of rows) {
    const history = histories.get(gistId) ?? [];
    const by = githubId !== null && login !== null ? { githubId, login } : null;
    history.push({ ...entry, seq: Number(seq), by });
    histories.set(gistId, history);
  }
  return histories;
}
