import { isBefore } from '../time.ts';

/** The first and the last time of a session; null where there is none. */
export function spanOfTimes() {
  let first: string | null = null;
  let last: string | null = null;
  let latest: string | undefined;
  return {
    add(time: string | undefined) {
      if (time === undefined || time === latest) return;
      latest = time;
      if (first === null || isBefore(time, first)) first = time;
      if (last === null || isBefore(last, time)) last = time;
    },
    end: () => ({ startedAt: first, endedAt: last }),
  };
}
