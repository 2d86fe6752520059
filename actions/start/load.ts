import type { Load } from '#runtime/load.ts';

export interface Bounds {
  /** Requests that may be open at once. */
  open: number;
  /** Milliseconds that whatever is due may be late. */
  lag: number;
}

/**
 * What one process takes on. With ten connections to the database, requests beyond these would wait longer than people do.
 * Two hundred requests a second keep some twenty open.
 */
const bounds: Bounds = { open: 96, lag: 300 };

/** Counts the requests that are open. `lag`: how late this process is, in milliseconds. */
export function createLoad(lag: () => number, most: Bounds = bounds): Load {
  let open = 0;
  return {
    begin() {
      if (open >= most.open || lag() > most.lag) return false;
      open += 1;
      return true;
    },
    end() {
      open -= 1;
    },
  };
}

const every = 100;

/** Tells how late this process has been with what was due, in milliseconds; the last tenths of a second weigh most. */
export function measureLag(): () => number {
  let lag = 0;
  let before = performance.now();
  const look = () => {
    const now = performance.now();
    lag = (lag + Math.max(now - before - every, 0)) / 2;
    before = now;
  };
  setInterval(look, every).unref();
  return () => lag;
}
