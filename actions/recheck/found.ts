import type { DueRecheck } from '#sql/queries/due-rechecks.ts';
import { nothingCounted, type RecheckCounts } from '#sql/queries/rechecks.ts';

/** A loss that waits for the run's verdict. */
export interface Loss {
  row: DueRecheck;
  move: 'lose' | 'give_up';
  availability: 'missing' | 'secret' | 'owner_changed' | 'gone';
}

/** What a run has found out so far. */
export interface Found {
  counts: RecheckCounts;
  losses: Loss[];
  /** Ids of owners: those of gists it found out about, and of gists it missed. */
  owners: Set<string>;
  lostOwners: Set<string>;
  /** Queries, and gists, that could not be read one after another. */
  failedQueries: number;
  failedReads: number;
}

export function nothingFound(): Found {
  return {
    counts: nothingCounted(),
    losses: [],
    owners: new Set(),
    lostOwners: new Set(),
    failedQueries: 0,
    failedReads: 0,
  };
}
