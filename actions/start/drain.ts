import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Seconds that the last answers may take; a download that takes longer is cut, and can be asked for again from there. */
const longest = 30;

/**
 * Ends a server without ending an answer: for `seconds` all goes on, so that a proxy hears from health that nobody should be
 * sent here any more; then it takes no new connection, and resolves when the open requests are answered.
 */
export async function drain(server: Server, seconds: number): Promise<void> {
  await setTimeout(seconds * 1000);
  const closed = once(server, 'close');
  server.close();
  // A connection that a client keeps open is idle only once its answer has gone.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = AbortSignal.timeout(longest * 1000);
  const cutAll = () => server.closeAllConnections();
  cut.addEventListener('abort', cutAll);
  await closed;
  cut.removeEventListener('abort', cutAll);
  clearInterval(idle);
}
