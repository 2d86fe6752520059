import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const serve = fileURLToPath(new URL('serve.ts', import.meta.url));

/**
 * Runs a server in a process of its own while work lasts. `gists` is the origin gists are read from, by visitors too;
 * GitHub's when left out.
 */
export async function withServer<T>(
  which: 'ours' | 'peer',
  work: (origin: string) => Promise<T>,
  gists?: string,
): Promise<T> {
  const server = spawn(process.execPath, [serve, which, ...(gists ? [gists] : [])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const chunk of server.stdout) {
      const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0];
      if (origin) return await work(origin);
    }
    throw new Error(`the ${which} server ended before it listened`);
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  }
}
