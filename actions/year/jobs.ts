import { cpSync, mkdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../functions/api/testing/world.ts';
import { run as runExport } from '../export/run.ts';
import { publishNewest } from '../export/testing.ts';
import type { OwnDiary } from './own-diary.ts';

/** The scheduled jobs, as a workflow runs them. */
export interface Jobs {
  run(job: JobName): Promise<'done' | 'failed'>;
}

export type JobName = 'export' | 'publish';

interface Places {
  output: string;
  published: string;
}

export function jobsOf(world: World, diary: OwnDiary, { output, published }: Places): Jobs {
  const log = (line: string) => world.logged.push(line);
  const tools = {
    db: world.database,
    now: () => new Date(),
    log,
    progress: () => undefined,
    signal: new AbortController().signal,
  };
  const work: Record<JobName, () => Promise<boolean>> = {
    async export() {
      const outcome = await runExport({ output, force: false }, tools);
      return outcome.kind === 'exported' || outcome.kind === 'unchanged';
    },
    async publish() {
      const snapshot = readlinkSync(join(output, 'latest'));
      mkdirSync(join(published, 'snapshots'), { recursive: true });
      cpSync(join(output, snapshot), join(published, snapshot), { recursive: true, force: false });
      cpSync(join(output, snapshot), join(published, '.latest'), { recursive: true });
      cpSync(join(published, '.latest'), join(published, 'latest'), { recursive: true });
      await publishNewest(world.database);
      return true;
    },
  };
  return {
    async run(job) {
      const started = Date.now();
      const outcome = (await work[job]()) ? 'done' : 'failed';
      diary.write({ what: 'job', job, started, outcome });
      return outcome;
    },
  };
}
