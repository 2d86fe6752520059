import { type Command, CommanderError } from 'commander';
import { visible } from '#domain/visible.ts';
import { FlagError } from '../flags.ts';
import { progressOn } from '../progress.ts';
import { listenForStop, Stopped } from '../stop.ts';
import { tallyWords } from '../tally.ts';
import { commandName, openProgram } from './program.ts';
import { sentencesOf, wrongUse } from './sentences.ts';

/** What the command line sees of its process. */
export type World = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'stdout' | 'stderr' | 'exitCode' | 'exit' | 'once' | 'off'
>;

/** 128 and the number of SIGPIPE, as shells have it. */
const closedPipe = 141;

/**
 * The command line as a process: arguments in, progress and result out, one sentence on failure, and an exit code as
 * --help says. Results go to stdout, everything else to stderr.
 */
export async function runCommand(world: World, version: string): Promise<void> {
  // What is done at once needs no word in a log, or in the mail of cron.
  const progress = progressOn(world.stderr, () => performance.now(), 'later');
  const stop = listenForStop(world);
  endQuietly(world);
  const print = (line: string) => void world.stdout.write(`${line}\n`);
  const words = tallyWords(() => performance.now());
  const around = {
    env: world.env,
    progress: (text: string) => progress.show(() => text),
    tally: (tally: Parameters<typeof words>[0]) => progress.show(() => words(tally)),
    log: progress.line,
    signal: stop.signal,
    print,
  };
  const program = openProgram(
    version,
    async (act, json) => {
      const result = await act(around);
      progress.end();
      if (!result.ok) {
        progress.line(`${commandName}: ${result.sentence}`);
        world.exitCode = 1;
        return;
      }
      // A line of somebody else's in one of ours would look like ours.
      const lines = result.lines.map((line) => visible(line.replaceAll('\n', ' ')));
      for (const line of json ? [JSON.stringify(result.summary)] : lines) print(line);
      world.exitCode = result.exitCode ?? 0;
    },
    { out: (text) => world.stdout.write(text), error: (text) => world.stderr.write(text) },
  );
  try {
    await program.parseAsync(withoutStrayValues(program, commandsMeant(program, world.argv.slice(2))), {
      from: 'user',
    });
  } catch (thrown) {
    // What was being waited for may fail in words of its own when it is told to stop.
    const error: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    if (error instanceof CommanderError && /^commander\.(?:help|version)/.test(error.code)) {
      // Without a command it is told how to be used, which is not what was asked for.
      world.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const isWrongUse = error instanceof CommanderError || error instanceof FlagError;
    world.exitCode = isWrongUse ? 2 : error instanceof Stopped ? error.exitCode : 1;
    const sentences =
      error instanceof CommanderError ? [wrongUse(error, verbOf(program, world.argv))] : sentencesOf(error);
    progress.line(`${commandName}: ${sentences.join('\n')}`);
  } finally {
    stop.end();
  }
}

/** `help` of a command that there is not is answered as that command is, with what was meant. */
function commandsMeant(program: Command, args: readonly string[]): readonly string[] {
  const [first, second] = args;
  const isKnown = second === undefined || program.commands.some((command) => command.name() === second);
  return first === 'help' && !isKnown && !second.startsWith('-') ? args.slice(1) : args;
}

/** A flag nobody knows is told of by its name alone, so that the nearest one is found: `--whre=x` becomes `--whre`. */
function withoutStrayValues(program: Command, args: readonly string[]): string[] {
  const known = new Set(program.commands.flatMap(({ options }) => options.map(({ long }) => long)));
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, index) => {
    if (index >= end) return arg;
    const flag = /^(--[^=]+)=/.exec(arg)?.[1];
    return flag === undefined || known.has(flag) ? arg : flag;
  });
}

/** The command that was meant, where it is one. */
function verbOf(program: Command, [, , name]: readonly string[]): string | null {
  return program.commands.find((command) => command.name() === name)?.name() ?? null;
}

/** Whoever reads may have read enough, as `head` does: what is said after that is said to nobody. */
function endQuietly(world: World): void {
  world.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    world.exit(world.exitCode ?? closedPipe);
  });
  world.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
