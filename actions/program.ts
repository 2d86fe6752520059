import { loadDotEnv } from './dot-env.ts';
import { FlagError, type Flags, type FlagValues, helpFlag, helpText, readFlags } from './flags.ts';
import { tellFailure } from './tell-failure.ts';

export interface Program<F extends Flags> {
  /** What it does, for --help. */
  description: string;
  /** Its own flags; every program takes --help besides. */
  flags: F;
  /** Resolves when it is done, or, when it goes on in the background, to what ends it. */
  main(call: ProgramCall<F>): Promise<Stop | undefined>;
}

interface ProgramCall<F extends Flags> {
  flags: FlagValues<F>;
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
    const { own, common } = readFlags(process.argv.slice(2), program.flags, helpFlag);
    if (common.help) {
      const flags = { ...program.flags, ...helpFlag };
      process.stdout.write(helpText(script, program.description, flags, exits));
      return;
    }
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const stop = await program.main({ flags: own, env: process.env, print });
    if (stop === undefined) return;
    const end = () => void stop().then(() => process.exit(0), fail);
    process.once('SIGTERM', end).once('SIGINT', end);
  } catch (error) {
    await fail(error);
  }
}
