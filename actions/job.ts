import { loadDotEnv } from './dot-env.ts';
import { failureSentence, JobFailure } from './failure.ts';
import { FlagError, type Flags, type FlagValues, helpText, readFlags } from './flags.ts';
import { type Progress, progressOn } from './progress.ts';

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
  loadDotEnv();
  const progress = progressOn(world.stderr, () => performance.now());
  const stop = new AbortController();
  // Each is listened to once: the second Ctrl-C ends the process at once.
  const onInterrupt = () => stop.abort(new Stopped('SIGINT'));
  const onTerminate = () => stop.abort(new Stopped('SIGTERM'));
  world.once('SIGINT', onInterrupt);
  world.once('SIGTERM', onTerminate);
  try {
    await perform(script, job, world, progress, stop.signal);
    world.exitCode = 0;
  } catch (error) {
    world.exitCode = error instanceof FlagError ? 2 : error instanceof Stopped ? error.exitCode : 1;
    await tell(script, error, world, progress);
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
  const { own, json, help } = readFlags(world.argv.slice(2), job.flags);
  if (help) {
    world.stdout.write(helpText(script, job.description, job.flags));
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
  const lines = json ? [JSON.stringify(result.summary)] : result.lines;
  world.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Says once what ended a job. An error nobody foresaw brings its stack along. */
async function tell(script: string, error: unknown, world: World, progress: Progress): Promise<void> {
  const foreseen = failureSentence(error);
  const sentence =
    foreseen ?? `It failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`;
  progress.line(`${script}: ${sentence}`);
  if (foreseen === null && error instanceof Error) progress.line(error.stack ?? 'No stack.');
  if (world.env.GITHUB_ACTIONS === 'true') {
    const { error: annotate } = await import('@actions/core');
    annotate(sentence, { title: script });
  }
}
