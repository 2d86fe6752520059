import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { JobFailure } from '../failure.ts';
import { type Login, writeLogin } from '../ssh/login.ts';
import { sshTrouble } from '../ssh/trouble.ts';
import type { Archive } from './archive.ts';

/** ssh's own failures; the server's command has other codes. */
const sshFailed = 255;

/**
 * Hands an archive over to docs/deploy/receive.sh on the server, which makes it the current release. `sent` is told of
 * bytes as they go. Throws JobFailure with what the server says, and the reason of `stop` once that is aborted.
 */
export async function sendRelease(
  login: Login,
  id: string,
  archive: Archive,
  { folder, stop, sent }: { folder: string; stop: AbortSignal; sent(bytes: number): void },
): Promise<void> {
  const files = await writeLogin(login, folder);
  try {
    const child = spawn('ssh', [...files.options, `${id} ${archive.sha256}`], {
      stdio: ['pipe', 'ignore', 'pipe'],
      signal: stop,
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => {
      printed = `${printed}${chunk}`.slice(-8_000);
    });
    const ended = once(child, 'close');
    const read = createReadStream(archive.file);
    read.on('data', () => sent(read.bytesRead));
    // A server that refuses does not read to the end; what it says tells why.
    const [[code]] = await Promise.all([ended, pipeline(read, child.stdin).catch(() => undefined)]);
    if (code === 0) return;
    if (code === sshFailed) throw new JobFailure(sshTrouble(printed, login));
    const said = /^receive: (.+)$/m.exec(printed)?.[1];
    throw new JobFailure(said ?? `The server's command failed: ${printed.trim().split('\n').at(-1)}`);
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  } finally {
    await files.remove();
  }
}
