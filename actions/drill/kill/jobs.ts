import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, ownProgram, type Running } from '../world/process.ts';
import type { World } from '../world/world.ts';

type Job = readonly [name: string, file: string, args: readonly string[]];

/** Milliseconds between two jobs of a lane. */
const pause = 1_000;

export interface Jobs {
  /** Those that run at the moment. */
  running: ReadonlySet<Running>;
  /** How often each ended how, by name and outcome. */
  counts: ReadonlyMap<string, number>;
  /** Lets those that run end, and starts no more. */
  end(): Promise<void>;
  /** Runs each once more, one after the other. Returns those that fail. */
  finish(): Promise<string[]>;
}

/** Where the jobs put their snapshots. */
export const outputOf = (world: World): string => join(world.folder, 'published');

/** The jobs of a day, over and over: two lanes side by side, as the workflows run them. */
export function runJobs(world: World): Jobs {
  const rechecks = [1, 2, 3, 4].map(
    (n): Job => [`recheck ${n}/4`, 'recheck/index.ts', ['--shard', `${n}/4`]],
  );
  const publishing: Job[] = [
    ['export', 'export/index.ts', []],
    ['publish', 'publish/index.ts', []],
    ['removals', 'removals/index.ts', []],
  ];
  const running = new Set<Running>();
  const counts = new Map<string, number>();
  let ending = false;

  const once = async ([name, file, args]: Job): Promise<boolean> => {
    const job = await launch({
      ...ownProgram(file, args),
      cwd: world.folder,
      env: { ...world.jobEnv, DATASET_OUTPUT_DIR: outputOf(world) },
      log: join(world.folder, 'jobs.log'),
    });
    running.add(job);
    const code = await job.ended;
    running.delete(job);
    const outcome = `${name}, ${code === null ? 'killed' : code === 0 ? 'done' : `failed with ${code}`}`;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return code === 0;
  };
  const lane = async (jobs: readonly Job[]) => {
    for (let n = 0; !ending; n += 1) {
      const job = jobs[n % jobs.length];
      if (job) await once(job);
      await sleep(pause);
    }
  };
  const lanes = Promise.all([lane(rechecks), lane(publishing)]);
  return {
    running,
    counts,
    async end() {
      ending = true;
      await lanes;
    },
    async finish() {
      const failed: string[] = [];
      for (const job of [...rechecks, ...publishing]) if (!(await once(job))) failed.push(job[0]);
      return failed;
    },
  };
}
