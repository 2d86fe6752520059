import type { Limits } from './limits.ts';

/** Why nothing is asked any more in this run. */
export type Closed =
  /** The host limits us for longer than is waited: `againAt`, epoch milliseconds, is when to ask again. */
  { kind: 'limited'; againAt: number } | { kind: 'down'; why: string };

/** A turn to ask, to be given back with what came of it. */
interface Turn {
  fine(): void;
  /** The host limits us; `retryAfter` in milliseconds. Everybody waits. */
  limited(retryAfter: number | null): void;
  trouble(): void;
}

export interface Pace {
  /** Waits for a turn; null once nothing is asked any more. */
  turn(): Promise<Turn | null>;
  /** A file was given up. Of many in a row nobody else needs to find out that the host is down. */
  gaveUp(why: string): void;
  readonly closed: Closed | null;
  /** How many may ask at once right now. */
  readonly width: number;
  /** Milliseconds until the pause ends; 0 where there is none. */
  readonly pause: number;
  /** Milliseconds waited for the host's limits so far. */
  readonly waited: number;
  /** Sends everybody away who waits. */
  close(): void;
}

interface Options {
  most: number;
  /** Milliseconds that may be waited for the host's limits in all. */
  patience: number;
  limits: Limits;
  /** Epoch milliseconds. */
  now(): number;
  random(): number;
}

/** No host means more by its Retry-After. */
const longestAsked = 24 * 3_600_000;

/**
 * How fast the host is asked: up to `most` at once, half of it after each time the host limits us, one more after as many
 * files as fit at once. While the host wants to be left alone, nobody asks.
 */
export function createPace({ most, patience, limits, now, random }: Options): Pace {
  let width = most;
  let active = 0;
  let waited = 0;
  let pausedUntil = 0;
  /** Pauses so far: of those who asked before one, many are limited for one reason. */
  let pauses = 0;
  let pausesInARow = 0;
  let lostInARow = 0;
  let closed: Closed | null = null;
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;
  const waiting: ((turn: Turn | null) => void)[] = [];

  function pump(): void {
    if (closed !== null || isOver) {
      for (const resolve of waiting.splice(0)) resolve(null);
      return;
    }
    const left = pausedUntil - now();
    if (left > 0) {
      if (timer !== null || waiting.length === 0) return;
      timer = setTimeout(() => {
        timer = null;
        pump();
      }, left);
      return;
    }
    while (active < Math.floor(width) && waiting.length > 0) waiting.shift()?.(newTurn());
  }

  function newTurn(): Turn {
    active += 1;
    const begun = pauses;
    const back = () => {
      active -= 1;
      pump();
    };
    return {
      fine() {
        width = Math.min(most, width + 1 / width);
        pausesInARow = 0;
        lostInARow = 0;
        back();
      },
      limited(retryAfter) {
        if (begun === pauses) {
          pauses += 1;
          pausesInARow += 1;
          width = Math.max(1, width / 2);
        }
        pauseFor(retryAfter);
        back();
      },
      trouble: back,
    };
  }

  function pauseFor(retryAfter: number | null): void {
    const unsaid = Math.min(limits.longestWait * 4, limits.leastPause * 2 ** pausesInARow);
    const asked = Math.min(longestAsked, Math.max(limits.leastPause, retryAfter ?? unsaid));
    // A little more for each, so that not all the world comes back at once.
    const until = now() + asked + random() * Math.min(asked / 10, 5_000);
    if (until <= pausedUntil) return;
    const more = until - Math.max(now(), pausedUntil);
    if (waited + more > patience) {
      closed ??= { kind: 'limited', againAt: now() + asked };
      return;
    }
    waited += more;
    pausedUntil = until;
  }

  return {
    turn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        pump();
      }),
    gaveUp(why) {
      lostInARow += 1;
      if (lostInARow < Math.max(20, 2 * most)) return;
      closed ??= { kind: 'down', why };
      pump();
    },
    get closed() {
      return closed;
    },
    get width() {
      return Math.floor(width);
    },
    get pause() {
      return Math.max(0, pausedUntil - now());
    },
    get waited() {
      return waited;
    },
    close() {
      isOver = true;
      if (timer !== null) clearTimeout(timer);
      pump();
    },
  };
}
