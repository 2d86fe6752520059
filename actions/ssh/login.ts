import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JobFailure } from '../failure.ts';

/** Who logs in where, as read from three variables that `names` tells of. */
export interface Login {
  user: string;
  host: string;
  port: number;
  /** A private key without a passphrase. */
  key: string;
  /** Lines of ssh's known_hosts: no other key of the host is taken. */
  knownHosts: string;
  names: LoginNames;
}

export interface LoginNames {
  address: string;
  key: string;
  knownHosts: string;
}

/** Reads a login from the environment. Throws JobFailure, naming the variable. */
export function readLogin(env: Readonly<Record<string, string | undefined>>, names: LoginNames): Login {
  const [address, key, knownHosts] = [names.address, names.key, names.knownHosts].map((name) => {
    const value = env[name]?.trim();
    if (!value) throw new JobFailure(`${name} is not set. Set it, see docs/operations.md.`);
    return value;
  }) as [string, string, string];
  const [, user, host, port] =
    /^([a-z_][\w-]*)@([\w.-]+|\[[\da-fA-F:]+\])(?::(\d{1,5}))?$/.exec(address) ?? [];
  if (user === undefined || host === undefined) {
    throw new JobFailure(`${names.address} must be written user@host or user@host:port.`);
  }
  return { user, host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? 22), key, knownHosts, names };
}

/** The files ssh reads a login from, in a new folder that nobody else can read. */
export interface LoginFiles {
  /** Arguments that make ssh log in by these files alone, ask nothing, and give up where it would wait. */
  options: string[];
  remove(): Promise<void>;
}

/** Writes a login into a new folder below `folder`. Secrets are gone once `remove` has resolved. */
export async function writeLogin(login: Login, folder: string): Promise<LoginFiles> {
  const own = await mkdtemp(join(folder, 'openagentsessions-ssh-'));
  const [key, knownHosts] = [join(own, 'key'), join(own, 'known_hosts')];
  try {
    await chmod(own, 0o700);
    await writeFile(key, `${login.key}\n`, { mode: 0o600 });
    await writeFile(knownHosts, `${login.knownHosts}\n`, { mode: 0o600 });
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
  const settings = {
    BatchMode: 'yes',
    ConnectTimeout: 20,
    GlobalKnownHostsFile: '/dev/null',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    LogLevel: 'INFO',
    ServerAliveCountMax: 4,
    ServerAliveInterval: 15,
    StrictHostKeyChecking: 'yes',
    UpdateHostKeys: 'no',
    UserKnownHostsFile: knownHosts,
  };
  return {
    options: [
      ...['-F', 'none', '-T', '-i', key, '-p', String(login.port), '-l', login.user],
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      login.host,
    ],
    remove: () => rm(own, { recursive: true, force: true }),
  };
}
