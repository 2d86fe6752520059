import type { S3Fault } from '../bucket/standin/faults.ts';
import type { Chance } from './chance.ts';
import type { JobName } from './perform.ts';

/** What a day brings that nobody did. */
export interface Weather {
  /** GitHub's faults at the hour of the recheck, and all day long where `allDay`. */
  github: readonly string[];
  allDay: boolean;
  /** The bucket's faults; each for so many requests, null for all. */
  bucket: { name: S3Fault; times: number | null } | null;
  /** Is any job started today? */
  jobsRun: boolean;
  /** A job that is killed before that step. */
  kill: { job: JobName; fatal: number; again: boolean } | null;
  /** Somebody deleted the canary. */
  noCanary: boolean;
  /** Many contributors delete a gist on the same day: losses that are true, and look like an outage. */
  leaving: boolean;
}

const githubFaults = [
  ['down'],
  ['bad_gateway'],
  ['reset'],
  ['rate_limit'],
  ['secondary_limit'],
  ['secondary_limit_429'],
  ['bad_credentials'],
  ['empty'],
  ['nonsense'],
  ['wrong_shape'],
  ['partial'],
  ['cut'],
  ['missing_all'],
  ['missing_all:graphql'],
  ['owner_null'],
  ['graphql_partial'],
  ['hang:graphql'],
  ['down:gists'],
  ['empty:gists'],
  ['raw_429', 'raw_other_bytes'],
];
const bucketFaults: S3Fault[] = [
  'slow_down',
  'down',
  'forbidden',
  'no_bucket',
  'full',
  'reset',
  'cut_upload',
  'answer_lost',
  'cut',
  'other_bytes',
];
/** Requests that meet one of these are repeated, with pauses that grow: a whole day of them costs the test a minute. */
const repeated: ReadonlySet<S3Fault> = new Set<S3Fault>([
  'slow_down',
  'down',
  'reset',
  'cut_upload',
  'answer_lost',
]);
const killed: JobName[] = ['recheck', 'export', 'publish', 'removals', 'release'];

/** Spells of bad weather, most of a day, some longer. */
export function weatherFrom(chance: Chance): () => Weather {
  const nextGithub = chance.deck(githubFaults);
  const nextBucket = chance.deck(bucketFaults);
  const nextKilled = chance.deck(killed);
  let githubDays = 0;
  let github: readonly string[] = [];
  let idleDays = 0;
  return () => {
    githubDays -= 1;
    if (githubDays < 0) {
      const begins = chance.happens(0.08);
      github = begins ? (nextGithub() ?? []) : [];
      githubDays = begins && chance.happens(0.3) ? chance.below(4) : 0;
    }
    idleDays -= 1;
    if (idleDays < 0 && chance.happens(0.025)) idleDays = 1 + chance.below(6);
    const name = chance.happens(0.06) ? nextBucket() : undefined;
    const passing = name !== undefined && repeated.has(name) && !chance.happens(0.1);
    const times = passing || chance.happens(0.3) ? 1 + chance.below(3) : null;
    const job = chance.happens(0.1) ? nextKilled() : undefined;
    const kill = { fatal: chance.below(70), again: chance.happens(0.5) };
    return {
      github,
      allDay: chance.happens(0.3),
      bucket: name === undefined ? null : { name, times },
      jobsRun: idleDays < 0,
      kill: job === undefined ? null : { job, ...kill },
      noCanary: chance.happens(0.01),
      leaving: chance.happens(0.015),
    };
  };
}
