import { visible } from '#domain/visible.ts';

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** What is being done right now; may be called as often as one likes. Words are made when they are shown. */
  show(words: () => string): void;
  /** A line that stays. */
  line(text: string): void;
  /** Takes away what `show` left on a terminal. */
  end(): void;
}

/** A terminal is redrawn, and another output gets a line, at most this often, in milliseconds. */
const interval = { terminal: 100, plain: 5_000 };
const eraseLine = '\r\x1b[K';

/**
 * Progress as one live line on a terminal, and as a line now and then elsewhere: the first at once, or `later`, when it has
 * taken as long as there is between lines. `clock` gives milliseconds.
 */
export function progressOn(
  screen: Screen,
  clock: () => number,
  first: 'at once' | 'later' = 'at once',
): Progress {
  const live = screen.isTTY === true;
  const wait = live ? interval.terminal : interval.plain;
  let last = live || first === 'at once' ? Number.NEGATIVE_INFINITY : clock();
  let drawn = false;

  const end = () => {
    if (drawn) screen.write(eraseLine);
    drawn = false;
  };
  return {
    show(words) {
      if (clock() - last < wait) return;
      last = clock();
      const text = visible(words());
      screen.write(live ? `${eraseLine}${text.slice(0, (screen.columns ?? 80) - 1)}` : `${text}\n`);
      drawn = live;
    },
    line(text) {
      end();
      screen.write(`${visible(text)}\n`);
    },
    end,
  };
}
