/** How the index does: what was done last, and what waits. Null: not yet, or nothing. */
export interface Vitals {
  /** When the newest recheck that did its work ended. */
  recheckedAt: Date | null;
  /** The newest snapshot that was published. */
  snapshot: { id: string; publishedAt: Date } | null;
  /** When the first change happened that no published snapshot tells of. */
  unpublishedSince: Date | null;
  /** How many rows wait for a moderator, 4000 at most are counted, and since when the one that waits longest does. */
  waiting: number;
  waitingSince: Date | null;
  /** When the newest backup was made. */
  backedUpAt: Date | null;
  /** How many rows are listed. */
  listed: number;
}

export type VitalName = 'recheck' | 'snapshot' | 'changes' | 'queue' | 'backup';

/** One of them, and whether it is as it should be. */
export interface Judged {
  name: VitalName;
  state: 'well' | 'late' | 'none';
  /** What it is counted from. */
  since: Date | null;
  /** It is late after so many hours. */
  hours: number;
}

/**
 * After how many hours something is late. Rechecks are every four hours, snapshots once a day; without a change there is
 * a snapshot a week. A backup is made every night. GitHub starts schedules late, and a day may fail without anybody being told.
 */
export const lateAfter = {
  recheck: 12,
  changes: 36,
  snapshot: 9 * 24,
  queue: 7 * 24,
  backup: 36,
} as const satisfies Record<VitalName, number>;

/** Says of each whether it is late at this time. What never was is not late; an empty index needs no snapshot. */
export function judgeVitals(vitals: Vitals, now: Date): Judged[] {
  const { recheckedAt, snapshot, unpublishedSince, waitingSince, backedUpAt, listed } = vitals;
  const judge = (name: VitalName, since: Date | null): Judged => {
    const hours = lateAfter[name];
    const late = since !== null && now.getTime() - since.getTime() > hours * 3_600_000;
    return { name, state: since === null ? 'none' : late ? 'late' : 'well', since, hours };
  };
  const published = judge('snapshot', snapshot?.publishedAt ?? null);
  return [
    judge('recheck', recheckedAt),
    listed === 0 && published.state === 'late' ? { ...published, state: 'well' } : published,
    judge('changes', unpublishedSince),
    judge('queue', waitingSince),
    judge('backup', backedUpAt),
  ];
}
