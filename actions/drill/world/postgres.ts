import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { JobFailure } from '../../failure.ts';
import { freePort, ownEnvironment } from '../../testing.ts';
import { launch, type Running } from './process.ts';

/** A PostgreSQL server of the drill's own, with Debian's settings: what it has answered is on the disk. */
export interface Postgres {
  /** A superuser's address. */
  url: string;
  /** Starts it, and waits until it takes connections. Throws when it ends before that. */
  start(): Promise<Running>;
}

/**
 * Makes a server with its data in a new folder below this one; what it says goes into the file `log`.
 * @throws JobFailure where the server's programs are missing
 */
export async function createPostgres(folder: string, log: string): Promise<Postgres> {
  const programs = findPrograms();
  const port = await freePort();
  const home = mkdtempSync(join(folder, 'postgres-'));
  const env = ownEnvironment();
  // PostgreSQL refuses to run as root.
  const isRoot = userInfo().uid === 0;
  const as = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--'] : [];
  if (isRoot) {
    chmodSync(folder, 0o711);
    chownSync(home, idOf('-u'), idOf('-g'));
  }
  const command = (name: string, args: readonly string[]) => {
    const [program = '', ...rest] = [...as, join(programs, name), ...args];
    return { program, args: rest, cwd: home, env };
  };
  const data = join(home, 'data');
  const init = command('initdb', [
    '--pgdata',
    data,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-locale',
  ]);
  execFileSync(init.program, init.args, { cwd: home, env, stdio: 'ignore' });
  const settings = [`port=${port}`, `unix_socket_directories=${home}`, 'listen_addresses=127.0.0.1'];
  const serve = command('postgres', ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => launch({ ...serve, log, ready: /(ready to accept connections)/ }),
  };
}

/** Process ids of those that serve a connection, as Linux has them. https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html */
export function sessionsOf({ child }: Running): number[] {
  const children = readProc(`${child.pid}/task/${child.pid}/children`).split(' ').filter(Boolean);
  return children.filter((pid) => /^postgres: postgres /.test(readProc(`${pid}/cmdline`))).map(Number);
}

/** Empty when the process has ended. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

function findPrograms(): string {
  const versions = '/usr/lib/postgresql';
  const [newest] = tryReading(versions).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) {
    throw new JobFailure(
      `There are no PostgreSQL server programs in ${versions}. Install the package postgresql, then run this again.`,
    );
  }
  return join(versions, newest, 'bin');
}

function tryReading(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
