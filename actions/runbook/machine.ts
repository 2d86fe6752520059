import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const answers = (program: string, args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** May this process make machines? It has to be root, with the rights of one and Debian's programs for it; .ci/runbook installs them. */
const hasMachines =
  process.getuid?.() === 0 &&
  answers('debootstrap', ['--version']) &&
  answers('systemd-nspawn', ['--version']) &&
  answers('unshare', ['--mount', '--pid', '--net', '--fork', 'true']);

export interface Machine {
  /** Puts a command before it, so that it runs here but with the network of the machine, which has no other. */
  inNetwork: readonly string[];
  /** Ends it as a power cut does. */
  stop(): Promise<void>;
}

/** What a machine is rented with, besides Debian's smallest system. */
const rentedWith = 'systemd-sysv,dbus,openssh-server,ca-certificates,iproute2';
/** What the runbook has installed on it: fetched before, because the machine has no network. */
const fetched = 'caddy curl postgresql sudo unattended-upgrades';

/** Starts the machine whose file system is `folder`, with no network but its own loopback. What it says at that goes to `log`. */
export async function startMachine(folder: string, log: string): Promise<Machine> {
  const program = [
    'systemd-nspawn',
    '--quiet',
    '--directory',
    folder,
    '--machine',
    `sessions-${process.pid}`,
  ];
  const options = ['--private-network', '--register=no', '--keep-unit', '--console=pipe', '--boot'];
  // Gone with the tests, whatever becomes of them.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...program, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
  const leader = await leaderOf(child.pid);
  const inNetwork = ['nsenter', `--net=/proc/${leader}/ns/net`];
  await listening(inNetwork, 22);
  return {
    inNetwork,
    async stop() {
      // The first process of a machine takes all others with it.
      process.kill(leader, 'SIGKILL');
      await ended;
    },
  };
}

/** Makes the file system of a rented machine in `folder`: a copy of `bare` that lets this key in as root. */
export async function rentMachine(folder: string, bare: string, rootKey: string): Promise<void> {
  execFileSync('cp', ['--archive', '--reflink=auto', `${bare}/.`, folder]);
  await mkdir(join(folder, 'root/.ssh'), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'root/.ssh/authorized_keys'), rootKey, { mode: 0o600 });
}

/**
 * Makes the file system of a bare Debian in a folder, where it is not there yet, and sees whether it starts here. Throws
 * where it does not.
 */
export async function tryMachine(folder: string): Promise<void> {
  if (!hasMachines) throw new Error('no machine can be made here: see .ci/runbook for what it needs');
  // It is the root of everything there: services that are not root's have to get in.
  chmodSync(folder, 0o755);
  if (!existsSync(join(folder, 'etc'))) makeBare(folder);
  const trial = await startMachine(folder, `${folder}.log`);
  await trial.stop();
}

function makeBare(folder: string): void {
  const include = `--include=${rentedWith}`;
  execFileSync('debootstrap', ['--variant=minbase', include, 'bookworm', folder], { stdio: 'ignore' });
  const inside = (command: string) =>
    execFileSync(
      'systemd-nspawn',
      ['--quiet', '--register=no', '--keep-unit', '--directory', folder, 'sh', '-c', command],
      { stdio: 'ignore' },
    );
  inside(`apt-get update -qq && apt-get install -y -qq --no-install-recommends --download-only ${fetched}`);
}

/** The machine's first process, as numbered here. Before it there is one that only prepares it. */
async function leaderOf(parent: number | undefined): Promise<number> {
  const children = `/proc/${parent}/task/${parent}/children`;
  const isSystemd = (pid: string) =>
    existsSync(`/proc/${pid}/comm`) && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'systemd\n';
  for (let tried = 0; tried < 200 && existsSync(children); tried++) {
    const leader = readFileSync(children, 'utf8').split(' ').find(isSystemd);
    if (leader !== undefined) return Number(leader);
    await wait(50);
  }
  throw new Error('the machine does not start');
}

async function listening(inNetwork: readonly string[], port: number): Promise<void> {
  const [program = '', ...args] = [...inNetwork, 'bash', '-c', `: < /dev/tcp/127.0.0.1/${port}`];
  for (let tried = 0; tried < 600; tried++) {
    if (answers(program, args)) return;
    await wait(100);
  }
  throw new Error(`nothing listens on port ${port} of the machine`);
}
