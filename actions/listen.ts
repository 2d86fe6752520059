import { once } from 'node:events';
import type { Server } from 'node:net';
import { JobFailure } from './failure.ts';

/** Listens on a port of a host, which was chosen by `flag`. Throws JobFailure where that cannot be. */
export async function listen(server: Server, port: number, host: string, flag = '--port'): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    throw new JobFailure(sentences[code]?.(port, host, flag) ?? otherwise(port, host, error));
  }
}

const foreign = (port: number, host: string) =>
  `${host} is no address of this machine, so nothing can listen on its port ${port}. Correct the host.`;
const otherwise = (port: number, host: string, error: Error) =>
  `Port ${port} of ${host} cannot be listened on (${error.message}). Choose another port or host.`;

const sentences: Record<string, (port: number, host: string, flag: string) => string> = {
  EADDRINUSE: (port, host, flag) =>
    `Port ${port} of ${host} is taken. Stop what uses it, or choose another with ${flag}.`,
  EACCES: (port, host, flag) =>
    `Port ${port} of ${host} may not be used by this user. Choose another with ${flag}, such as one from 1024.`,
  EADDRNOTAVAIL: foreign,
  ENOTFOUND: foreign,
  EAI_AGAIN: foreign,
};
