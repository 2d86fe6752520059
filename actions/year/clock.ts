const RealDate = Date;
let shift = 0;

/** The time of this process, moved by as much as was said; it goes on at its own pace. */
class ShiftedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(ShiftedDate.now());
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + shift;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof RealDate;
  }
}

/** From now on it is this much later in this process, in milliseconds; earlier where negative. */
export function shiftProcess(milliseconds: number): void {
  shift = milliseconds;
  globalThis.Date = ShiftedDate as DateConstructor;
}

/** It is the real time again. */
export function resetProcess(): void {
  globalThis.Date = RealDate;
}

/** The time of a world: of this process, and of whoever else is told of each shift. */
export interface Clock {
  now(): number;
  /** What is added to the real time, in milliseconds. */
  shift(): number;
  /** Goes on to this time, in epoch milliseconds; never back. */
  goTo(time: number): Promise<void>;
}

/** From now on it is `time` in this process, and goes on from there. */
export function startAt(time: number): void {
  shiftProcess(time - RealDate.now());
}

/** `tell` hears of each shift, which may be negative; to begin with of the present one. */
export async function startClock(tell: (milliseconds: number) => Promise<void>): Promise<Clock> {
  await tell(shift);
  return {
    now: () => ShiftedDate.now(),
    shift: () => shift,
    async goTo(later) {
      const ahead = later - ShiftedDate.now();
      if (ahead <= 0) return;
      shiftProcess(shift + ahead);
      await tell(shift);
    },
  };
}
