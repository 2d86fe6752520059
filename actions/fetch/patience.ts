import { SourceFailure } from './source-failure.ts';

/** Less than this in all the time that patience lasts is no use: it would never end. */
const leastBytes = 32 * 1024;

export interface Patience {
  /** Aborted when patience ends, with the sentence that says so; and when the other signal is. */
  readonly signal: AbortSignal;
  /** Waits for something, for as long as patience lasts. */
  wait<T>(work: () => Promise<T>): Promise<T>;
  /** That so many bytes came. */
  got(bytes: number): void;
}

/**
 * Watches over a connection, so that one is given up that brings next to nothing in `milliseconds` of being waited for. Time
 * that is spent with what it brought is free.
 */
export function patienceOf(address: string, milliseconds: number, signal: AbortSignal | undefined): Patience {
  const stop = new AbortController();
  let waited = 0;
  let bytes = 0;
  const seconds = Math.round(milliseconds / 1000);
  const sentence = `${address} sends nothing, or next to nothing, for ${seconds} seconds. Check the network, then run this again.`;
  return {
    signal: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
    async wait(work) {
      const since = performance.now();
      const timer = setTimeout(
        () => stop.abort(new SourceFailure(sentence)),
        Math.max(0, milliseconds - waited),
      );
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        waited += performance.now() - since;
      }
    },
    got(more) {
      bytes += more;
      if (bytes < leastBytes) return;
      bytes = 0;
      waited = 0;
    },
  };
}
