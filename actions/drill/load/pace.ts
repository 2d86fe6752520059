import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks at what is due. */
const tick = 2;

export interface Pace {
  /** Arrivals a second. */
  rate: number;
  seconds: number;
  /** Ends it early. */
  signal?: AbortSignal | undefined;
}

/**
 * Has something arrive at a steady rate, whether or not what arrived before is done, as visitors do. `arrive` is given
 * the moment it was due, by `performance.now()`; one that comes late is late for the visitor, too. Resolves when all are done.
 */
export async function arriveSteadily(
  { rate, seconds, signal }: Pace,
  arrive: (due: number) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const total = Math.round(rate * seconds);
  const open = new Set<Promise<void>>();
  for (let sent = 0; sent < total && !signal?.aborted; ) {
    const due = began + (sent * 1000) / rate;
    if (due > performance.now()) {
      await sleep(tick);
      continue;
    }
    sent += 1;
    const one = arrive(due).finally(() => open.delete(one));
    open.add(one);
  }
  await Promise.all(open);
}
