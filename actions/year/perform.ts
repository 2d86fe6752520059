import type { BucketAccess } from '#domain/environment-values.ts';
import { createBudget } from '#github/budget.ts';
import { createTokenReader } from '#github/client.ts';
import { openRepository } from '#github/release-repository.ts';
import type { Database } from '#sql/db.ts';
import { S3Bucket } from '../bucket/s3/s3-bucket.ts';
import { run as runExport } from '../export/run.ts';
import { failureSentence } from '../failure-sentence.ts';
import { run as runPublish } from '../publish/run.ts';
import { run as runRecheck } from '../recheck/run.ts';
import { run as runRelease } from '../release/run.ts';
import { run as runRemovals } from '../removals/run.ts';

export type JobName = 'recheck' | 'export' | 'publish' | 'removals' | 'release';

/** What the jobs of one index work with. */
export interface Place {
  output: string;
  /** Address of GitHub. */
  github: string;
  bucket: BucketAccess;
  canaryGistId: string;
}

export interface Task {
  job: JobName;
  /** An operator has looked at what the job refused to do. */
  force: boolean;
}

const repository = 'openagentsessions/dataset';
const unwatched = { progress: () => undefined, tally: () => undefined, signal: new AbortController().signal };

/** Does a job's work once, as its entry file would. Returns what came of it; throws what nobody foresaw. */
export async function perform(
  task: Task,
  place: Place,
  db: Database,
  log: (line: string) => void,
): Promise<{ ok: boolean; told: string }> {
  try {
    return await work(task, place, db, log);
  } catch (error) {
    const sentence = failureSentence(error);
    if (sentence === null) throw error;
    return { ok: false, told: sentence };
  }
}

async function work({ job, force }: Task, place: Place, db: Database, log: (line: string) => void) {
  const { output } = place;
  const tools = { ...unwatched, db, log, now: () => new Date(), sleep: async () => undefined };
  switch (job) {
    case 'recheck': {
      const shard = { index: 1, of: 1 };
      const { ended } = await runRecheck(
        { limit: null, shard, dryRun: false, force, canaryGistId: place.canaryGistId, patience: 0 },
        { ...tools, github: gistReader(place.github, log) },
      );
      return { ok: ended.kind === 'done', told: ended.kind };
    }
    case 'export': {
      const { kind } = await runExport({ output, force }, tools);
      return { ok: kind === 'exported' || kind === 'unchanged', told: kind };
    }
    case 'publish': {
      const input = { output, dryRun: false, emptyBucket: false };
      const bucket = new S3Bucket(place.bucket);
      const { kind } = await runPublish(input, { ...tools, bucket });
      return { ok: ['published', 'finished', 'nothing', 'overtaken'].includes(kind), told: kind };
    }
    case 'removals': {
      const bucket = new S3Bucket(place.bucket);
      const patience = { tries: 1, pause: 0 };
      const { kind } = await runRemovals({ output, dryRun: false }, { ...tools, bucket, patience });
      return { ok: kind === 'refreshed', told: kind };
    }
    case 'release': {
      const input = { output, attestation: null, partBytes: 20_000, dryRun: false };
      const options = { addresses: { apiUrl: place.github }, repository, token: 'of-the-release-job' };
      const opened = openRepository({ ...options, silenceMs: 2_000 });
      const { kind } = await runRelease(input, { ...tools, repository: opened, tally: () => undefined });
      const fine = ['released', 'already', 'unchanged', 'nothing_published', 'files_missing'];
      return { ok: fine.includes(kind), told: kind };
    }
  }
}

function gistReader(origin: string, log: (line: string) => void) {
  return createTokenReader({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    token: 'of-the-recheck',
    log,
    timeoutMs: 2_000,
    budget: createBudget({ reserve: 0.01, now: Date.now }),
  });
}
