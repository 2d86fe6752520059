import type { LoggedMove } from '#sql/testing-moves.ts';
import { type Entry, keyOf } from './ledger.ts';

export interface Settled {
  /** Answers that said a thing was done. */
  promised: number;
  /** Answers that did not say, and what of it was done. */
  unknown: { asked: number; done: number };
  /** Promised, and not in the log. */
  lost: number;
  /** In the log more often than it was asked for, or without anybody having asked. */
  doubled: number;
}

/** Holds what visitors were told against what the log has of it. */
export function settle(entries: Iterable<Entry>, log: readonly LoggedMove[]): Settled {
  const logged = new Map<string, number>();
  for (const line of log) logged.set(keyOf(line), (logged.get(keyOf(line)) ?? 0) + 1);
  const settled: Settled = {
    promised: 0,
    unknown: { asked: 0, done: 0 },
    lost: 0,
    doubled: 0,
  };
  for (const entry of entries) {
    const { done, unknown } = entry;
    const found = logged.get(keyOf(entry)) ?? 0;
    logged.delete(keyOf(entry));
    settled.promised += done;
    settled.unknown.asked += unknown;
    settled.unknown.done += Math.min(unknown, Math.max(0, found - done));
    settled.lost += Math.max(0, done - found);
    settled.doubled += Math.max(0, found - done - unknown);
  }
  for (const unasked of logged.values()) settled.doubled += unasked;
  return settled;
}
