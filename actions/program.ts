import { loadDotEnv } from './dot-env.ts';
import { FlagError, type Flags, type FlagValues, helpFlag, helpText, readFlags } from './flags.ts';
import { tellFailure } from './tell-failure.ts';

export interface Program<F extends Flags> {
  /** What it does, for --help. */
  description: string;
  /** Its own flags; every program takes --help besides. */
  flags: F;
  /** What it takes beside flags, as --help writes it; nothing when left out. */
  operands?: string;
  /** What its exit codes mean, where they are not every program's. */
  exits?: string;
  /** Resolves when it is done, to its exit code if that is not 0; when it goes on in the background, to what ends it. */
  main(call: ProgramCall<F>): Promise<Stop | number | undefined>;
}

interface ProgramCall<F extends Flags> {
  flags: FlagValues<F>;
  operands: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  print(line: string): void;
}

type Stop = () => Promise<void>;

const exits = '0 done, or stopped while serving; 1 failed; 2 wrong flags';

/**
 * Runs what is no job, because it goes on until it is stopped or prints as it goes, as this process: flags in, one
 * sentence on failure, and an exit code as --help says. `script` is its name in package.json.
 */
export async function runProgram<F extends Flags>(script: string, program: Program<F>): Promise<void> {
  const fail = async (error: unknown): Promise<never> => {
    await tellFailure(script, error, process.env, (line) => process.stderr.write(`${line}\n`));
    // What it had started by then would keep the process alive.
    process.exit(error instanceof FlagError ? 2 : 1);
  };
  try {
    loadDotEnv();
    const takes = program.operands === undefined ? 'flags' : 'operands';
    const { own, common, operands } = readFlags(process.argv.slice(2), program.flags, helpFlag, takes);
    if (common.help) {
      const flags = { ...program.flags, ...helpFlag };
      const codes = program.exits ?? exits;
      process.stdout.write(helpText(script, program.description, flags, codes, program.operands));
      return;
    }
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const stop = await program.main({ flags: own, operands, env: process.env, print });
    if (typeof stop === 'number') process.exitCode = stop;
    if (typeof stop !== 'function') return;
    const end = () => void stop().then(() => process.exit(0), fail);
    process.once('SIGTERM', end).once('SIGINT', end);
  } catch (error) {
    await fail(error);
  }
}
