import { loadDotEnv } from './dot-env.ts';
import { JobFailure } from './failure.ts';
import { FlagError, type Flags, type FlagValues, helpFlag, helpText, readFlags } from './flags.ts';
import { type Progress, progressOn } from './progress.ts';
import { tellFailure } from './tell-failure.ts';

export interface Job<F extends Flags> {
  /** What the job does, for --help. */
  description: string;
  /** Its own flags; every job takes --json and --help besides. */
  flags: F;
  run(call: JobCall<F>): Promise<JobResult>;
}

export interface JobCall<F extends Flags> {
  flags: FlagValues<F>;
  env: Readonly<Record<string, string | undefined>>;
  /** What is being done right now. */
  progress(text: string): void;
  /** A line worth keeping. */
  log(line: string): void;
  /** Aborted by SIGTERM and SIGINT: finish the unit in hand, then throw its reason. */
  signal: AbortSignal;
}

export type JobResult =
  /** `lines` are for people, `summary` is what --json prints instead. */
  | { ok: true; lines: readonly string[]; summary: object }
  /** Why the job would not do it, and what to do next. */
  | { ok: false; sentence: string };

/** What a job sees of its process. */
type World = Pick<NodeJS.Process, 'argv' | 'env' | 'stdout' | 'stderr' | 'exitCode' | 'once' | 'off'>;

const commonFlags = {
  json: { type: 'boolean', description: 'Print one JSON summary instead of lines' },
  ...helpFlag,
} as const;
const exits = '0 done, or nothing to do; 1 failed; 2 wrong flags; 130 or 143 stopped by a signal';

/** 128 and the signal's number, as shells have it. */
const stopCodes = { SIGINT: 130, SIGTERM: 143 };

class Stopped extends JobFailure {
  readonly exitCode: number;
  constructor(signal: keyof typeof stopCodes) {
    super(`Stopped by ${signal}. Run it again to finish.`);
    this.exitCode = stopCodes[signal];
  }
}

/**
 * Runs a job as a process: flags in, progress and result out, one sentence on failure, and an exit code as --help
 * says. `script` is its name in package.json. Results go to stdout, everything else to stderr.
 */
export async function runJob<F extends Flags>(
  script: string,
  job: Job<F>,
  world: World = process,
): Promise<void> {
  const progress = progressOn(world.stderr, () => performance.now());
  const stop = new AbortController();
  // Each is listened to once: the second Ctrl-C ends the process at once.
  const onInterrupt = () => stop.abort(new Stopped('SIGINT'));
  const onTerminate = () => stop.abort(new Stopped('SIGTERM'));
  world.once('SIGINT', onInterrupt);
  world.once('SIGTERM', onTerminate);
  try {
    loadDotEnv();
    await perform(script, job, world, progress, stop.signal);
    world.exitCode = 0;
  } catch (error) {
    world.exitCode = error instanceof FlagError ? 2 : error instanceof Stopped ? error.exitCode : 1;
    await tellFailure(script, error, world.env, progress.line);
  } finally {
    world.off('SIGINT', onInterrupt);
    world.off('SIGTERM', onTerminate);
  }
}

async function perform<F extends Flags>(
  script: string,
  job: Job<F>,
  world: World,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { own, common } = readFlags(world.argv.slice(2), job.flags, commonFlags);
  if (common.help) {
    world.stdout.write(helpText(script, job.description, { ...job.flags, ...commonFlags }, exits));
    return;
  }
  const result = await job.run({
    flags: own,
    env: world.env,
    progress: progress.show,
    log: progress.line,
    signal,
  });
  progress.end();
  if (!result.ok) throw new JobFailure(result.sentence);
  const lines = common.json ? [JSON.stringify(result.summary)] : result.lines;
  world.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
