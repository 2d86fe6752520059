import { setImmediate } from 'node:timers/promises';

/** How long work may go on before others get a turn, in milliseconds: a stop is heard and progress shown between. */
const longest = 50;

/** Waits for others now and then, and throws where a stop was asked for. */
export function pace(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longest) return;
    await setImmediate();
    last = performance.now();
    signal.throwIfAborted();
  };
}
