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
}

/** The whole history of each gist, oldest move first; a gist without one is not in the map. */
export async function listHistories(
  db: Db,
  gistIds: readonly string[],
): Promise<Map<string, HistoryEntry[]>> {
  const { rows } = await db.query<Omit<HistoryEntry, 'seq'> & { seq: string; gistId: string }>(
    `select l.gist_id as "gistId", l.seq, l.at, l.move, l.from_state as "fromState", l.to_state as "toState",
            l.revision, l.reason, n.text as note
       from moderation_log l left join note n on n.seq = l.seq
      where l.gist_id = any($1)
      order by l.seq`,
    [gistIds],
  );
  const histories = new Map<string, HistoryEntry[]>();
  for (const { gistId, seq, ...entry } of rows) {
    const history = histories.get(gistId) ?? [];
    history.push({ ...entry, seq: Number(seq) });
    histories.set(gistId, history);
  }
  return histories;
}
