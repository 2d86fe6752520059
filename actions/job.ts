import { visible } from '#domain/visible.ts';
import { loadDotEnv } from './dot-env.ts';
import { JobFailure } from './failure.ts';
import {
  FlagError,
  type Flags,
  type FlagValues,
  helpFlag,
  helpText,
  type Inputs,
  inputNames,
  readFlags,
  readInputs,
} from './flags.ts';
import { type Progress, progressOn } from './progress.ts';
import { resultPage } from './result-page.ts';
import { writeStepOutputs, writeStepSummary } from './step-files.ts';
import { listenForStop, Stopped } from './stop.ts';
import { type Tally, tallyWords } from './tally.ts';
import { tellFailure } from './tell-failure.ts';

export interface Job<F extends Flags> {
  /** What the job does, for --help. */
  description: string;
  /** Its own flags, which may also come as INPUT_*, see `readInputs`; every job takes --json and --help besides. */
  flags: F;
  /** What its exit codes mean, where they are not every job's. */
  exits?: string;
  run(call: JobCall<F>): Promise<JobResult>;
}

export interface JobCall<F extends Flags> {
  flags: FlagValues<F>;
  env: Readonly<Record<string, string | undefined>>;
  /** What is being done right now. */
  progress(text: string): void;
  /** The same, of work that is counted: shown with its rate and the time left. */
  tally(tally: Tally): void;
  /** A line worth keeping. */
  log(line: string): void;
  /** Aborted by SIGTERM and SIGINT: finish the unit in hand, then throw its reason. */
  signal: AbortSignal;
}

export type JobResult =
  /**
   * `lines` are for people, `summary` is what --json prints instead. In GitHub Actions the numbers, texts and truth
   * values of `summary` are the step's outputs, and `page`, Markdown, is shown in place of a page made of both.
   * `exitCode` is 0 when left out.
   */
  | { ok: true; lines: readonly string[]; summary: object; page?: string; exitCode?: number }
  /** Why the job would not do it, and what to do next. */
  | { ok: false; sentence: string };

/** What a job sees of its process. */
type World = Pick<NodeJS.Process, 'argv' | 'env' | 'stdout' | 'stderr' | 'exitCode' | 'once' | 'off'>;

const commonFlags = {
  json: { type: 'boolean', description: 'Print one JSON summary instead of lines' },
  ...helpFlag,
} as const;
const exits = '0 done, or nothing to do; 1 failed; 2 wrong flags; 130 or 143 stopped by a signal';

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
  const stop = listenForStop(world);
  try {
    loadDotEnv();
    world.exitCode = await perform(script, job, world, progress, stop.signal);
  } catch (error) {
    world.exitCode = error instanceof FlagError ? 2 : error instanceof Stopped ? error.exitCode : 1;
    await tellFailure(script, error, world.env, progress.line);
  } finally {
    stop.end();
  }
}

async function perform<F extends Flags>(
  script: string,
  job: Job<F>,
  world: World,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const args = world.argv.slice(2);
  const inputs = readInputs(world.env, job.flags);
  const { own, common } = readFlags(args, job.flags, commonFlags, 'flags', inputs);
  if (common.help) {
    const codes = job.exits ?? exits;
    world.stdout.write(helpText(script, job.description, { ...job.flags, ...commonFlags }, codes));
    return 0;
  }
  const words = tallyWords(() => performance.now());
  const call: JobCall<F> = {
    flags: own,
    env: world.env,
    progress: (text) => progress.show(() => text),
    tally: (tally) => progress.show(() => words(tally)),
    log: progress.line,
    signal,
  };
  const result = await job.run(call).catch((error) => Promise.reject(namingInputs(error, inputs)));
  progress.end();
  if (!result.ok) throw new JobFailure(result.sentence);
  const lines = common.json ? [JSON.stringify(result.summary)] : result.lines.map(visible);
  world.stdout.write(lines.map((line) => `${line}\n`).join(''));
  await writeStepSummary(world.env, resultPage(script, result), progress.line);
  await writeStepOutputs(world.env, result.summary, progress.line);
  return result.exitCode ?? 0;
}

/** A job refuses values by the names of their flags, which whoever gave an input may never have seen. */
function namingInputs(error: unknown, inputs: Inputs): unknown {
  if (!(error instanceof FlagError)) return error;
  const flag = Object.keys(inputs).find((name) => error.message.startsWith(`--${name} `));
  return flag === undefined
    ? error
    : new FlagError(`${error.message} It was given as the input ${inputNames(flag)[0]}.`);
}
