import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/*
 * The programs of package.json, for tests that look at them from outside. They are run as their scripts run them, but
 * from a folder of the test's: data, exports and `.env` are looked for where a program is started.
 */

interface World {
  /** The folder it is started from. */
  cwd: string;
  /** Set besides what every program needs. Nothing else of the tests' own environment is passed on. */
  env?: Record<string, string>;
}

export interface RunningProgram {
  /** The address it printed, without a slash at its end. */
  address: string;
  /** All that it has printed so far. */
  printed(): string;
  /** Ends it as Ctrl-C or a service manager does. Throws when it complains. */
  stop(): Promise<void>;
  /** Ends it, and whatever it started, as a power cut does. */
  kill(): Promise<void>;
}

/** How a program ended, and what it printed. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `actions/<name>/index.ts` to its end and returns what it printed. Throws what is an `Ended`, too, when it fails. */
export async function runProgram(name: string, args: string[], world: World): Promise<string> {
  return (await execute(name, args, world)).stdout;
}

/** Runs `actions/<name>/index.ts` to its end, whatever that is. */
export function endOf(name: string, args: string[], world: World): Promise<Ended> {
  return execute(name, args, world).then(
    (printed) => ({ code: 0, ...printed }),
    (error) => error,
  );
}

function execute(name: string, args: string[], { cwd, env }: World): Promise<Omit<Ended, 'code'>> {
  const options = { cwd, env: { ...ownEnvironment(), ...env } };
  return promisify(execFile)(process.execPath, [...commandOf(name), ...args], options);
}

/** Starts `actions/<name>/index.ts`, or another file below `actions`, and waits until it prints an address in the way `ready` says. */
export async function startProgram(
  name: string,
  args: string[],
  { cwd, env, ready }: World & { ready: RegExp },
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [...commandOf(name), ...args], {
    cwd,
    env: { ...ownEnvironment(), ...env },
    // A process group of its own, which can be killed as one.
    detached: true,
  });
  const ended = once(child, 'exit');
  let printed = '';
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk;
      const found = ready.exec(printed)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${name} ended with ${code} before it answered:\n${printed}`)),
    );
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.pid === undefined) throw new Error(`${name} was never started`);
    if (child.exitCode !== null) throw new Error(`${name} had ended with ${child.exitCode}:\n${printed}`);
    process.kill(-child.pid, signal);
    const [code] = await ended;
    return code;
  };
  return {
    address,
    printed: () => printed,
    async stop() {
      const code = await end('SIGTERM');
      if (code !== 0) throw new Error(`${name} ended with ${code} when it was told to stop:\n${printed}`);
    },
    async kill() {
      await end('SIGKILL');
    },
  };
}

/** A port nothing listens on. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return String(address.port);
}

/** As in package.json, and with the tests' guard against requests to other machines. */
function commandOf(name: string): string[] {
  const here = import.meta.dirname;
  const first = ['node-24.mjs', 'test/own-addresses-or-end.ts'];
  const program = name.endsWith('.ts') ? name : join(name, 'index.ts');
  return [...first.flatMap((file) => ['--import', join(here, file)]), join(here, program)];
}

/** What every program gets: no CI, no database, no secrets. */
export function ownEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  return { PATH, HOME, TMPDIR };
}

/** What a step of GitHub Actions gave to later ones in GITHUB_OUTPUT, read as the runner reads it. */
export function outputsIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/^(\w+)<<(.+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(found.map(([, name, , value]) => [name, value]));
}
