import type { DueRecheck } from '#sql/queries/due-rechecks.ts';
import type { RecheckCounts } from '#sql/queries/rechecks.ts';

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
  /** Failures one after another. */
  failuresInARow: number;
}

export function nothingFound(): Found {
  const counts: RecheckCounts = {
    checked: 0,
    changed: 0,
    renamed: 0,
    suspended: 0,
    gone: 0,
    restored: 0,
    held: 0,
    failed: 0,
    apiCalls: 0,
  };
  return { counts, losses: [], owners: new Set(), lostOwners: new Set(), failuresInARow: 0 };
}
