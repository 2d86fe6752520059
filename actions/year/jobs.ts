import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { World } from '../../functions/api/testing/world.ts';
import type { Clock } from './clock.ts';
import type { OwnDiary } from './own-diary.ts';
import { type JobName, type Place, perform } from './perform.ts';
import type { Order } from './testing-kill.ts';

export type JobOutcome = 'done' | 'failed' | 'refused' | 'killed';

interface Run {
  force?: boolean;
  /** Before which of its steps the job is killed; it may be done before. */
  fatal?: number;
}

/** The jobs of one index, as a workflow runs them. */
export interface Jobs {
  run(job: JobName, options?: Run): Promise<JobOutcome>;
  /** What each job came to, by job and outcome. */
  counts: ReadonlyMap<string, number>;
}

export function jobsOf(world: World, place: Place, diary: OwnDiary, clock: Clock): Jobs {
  const counts = new Map<string, number>();
  return {
    counts,
    async run(job, { force = false, fatal } = {}) {
      const task = { job, force };
      const started = clock.now();
      const done =
        fatal === undefined
          ? await perform(task, place, world.jobs.db, (line) => world.logged.push(line))
          : await inProcess({
              task,
              place,
              database: { kind: world.database.kind, url: world.jobs.url },
              shift: clock.shift(),
              fatal,
            });
      const outcome = done === null ? 'killed' : done.ok ? 'done' : failed(done.told);
      if (done) world.logged.push(`${job}: ${done.told}`);
      diary.write({ what: 'job', job, started, outcome });
      const name = `${job} ${done?.ok === false ? `failed (${done.told})` : outcome}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return outcome;
    },
  };
}

const failed = (told: string) => (told === 'refused' || told === 'canary' ? 'refused' : 'failed');

/** Runs a job in a process of its own. Null where it was killed. */
function inProcess(order: Order): Promise<{ ok: boolean; told: string } | null> {
  const program = join(import.meta.dirname, 'testing-kill.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, JSON.stringify(order)], (error, stdout, stderr) => {
      if (error?.signal === 'SIGKILL') resolve(null);
      else if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(JSON.parse(stdout));
    });
  });
}
