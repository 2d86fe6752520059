import type { GitHubReader } from '#github/client.ts';
import type { Database } from '#sql/db.ts';
import type { RecheckCounts, RecheckOutcome, Shard } from '#sql/queries/rechecks.ts';
import type { Counts as ReinspectCounts } from '../reinspect/run.ts';

export interface Input {
  /** Rows at most; null for all. */
  limit: number | null;
  shard: Shard;
  /** Look, and write nothing. */
  dryRun: boolean;
  /** Apply losses however many they are. */
  force: boolean;
  /** A gist that is always there; null: none is known. */
  canaryGistId: string | null;
  /** Seconds that may be spent waiting for GitHub's limits. */
  patience: number;
}

export interface Tools {
  db: Database;
  github: GitHubReader;
  now(): Date;
  /** Takes a line worth telling the operator. */
  log(line: string): void;
  /** Called now and then with what is being done. */
  progress(text: string): void;
  /** Called with how many gists have been looked at, and what is left of the budget; may be left out. */
  tally?(done: number, total: number, note: string): void;
  /** Ends the work between two rows, by throwing its reason. */
  signal: AbortSignal;
  /** Waits for so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** Why a run does not go on: GitHub limits it, fails, or refuses its credentials. */
export type Trouble =
  | { kind: 'limited'; retryAfter: number }
  | { kind: 'down'; why: string }
  | { kind: 'credentials'; refused: 'unknown' | 'installation' };

export interface Outcome {
  ended:
    | { kind: 'done' }
    | Trouble
    /** Too many owners' gists were missed at once. */
    | { kind: 'refused'; lostOwners: number; checkedOwners: number }
    /** The canary is not there as a public gist. */
    | { kind: 'canary'; gistId: string };
  due: number;
  counts: RecheckCounts;
  lapsed: number;
  /** What became of rows that newer rules were to look at; null where the run did not get there. */
  reinspected: ReinspectCounts | null;
}

/** As the history of runs has it. */
export function outcomeOf({ kind }: Outcome['ended']): RecheckOutcome {
  return kind === 'credentials' ? 'down' : kind;
}
