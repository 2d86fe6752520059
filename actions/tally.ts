/** How far a job has come. */
export interface Tally {
  done: number;
  /** Null where nobody knows how many there are. */
  total: number | null;
  /** What is counted, in the plural: "gists". */
  unit: string;
  /** What else is worth seeing while one waits, such as what is left of a budget. */
  note?: string | undefined;
}

/** The rate is that of the last while, in milliseconds; nothing is foretold from less than `enough`. */
const span = { most: 30_000, enough: 3_000, between: 250 };

/**
 * Words how far a job has come, with its rate and the time left as soon as there is enough to tell them by:
 * "12,300 of 100,000 gists · 310/s · 5 min left". `clock` gives milliseconds.
 */
export function tallyWords(clock: () => number): (tally: Tally) => string {
  let samples: { at: number; done: number }[] = [];
  let counted = '';

  const ratePerSecond = ({ done, total, unit }: Tally): number => {
    const now = clock();
    // Another thing is counted, or the same from its beginning.
    if (counted !== `${total} ${unit}` || done < (samples.at(-1)?.done ?? 0)) samples = [];
    counted = `${total} ${unit}`;
    const last = samples.at(-1);
    if (last === undefined || now - last.at >= span.between) samples.push({ at: now, done });
    while ((samples[1]?.at ?? now) < now - span.most) samples.shift();
    const first = samples[0] ?? { at: now, done };
    return now - first.at < span.enough ? 0 : ((done - first.done) * 1000) / (now - first.at);
  };

  return (tally) => {
    const { done, total, unit, note } = tally;
    const rate = ratePerSecond(tally);
    const left = total === null || rate === 0 || done >= total ? null : (total - done) / rate;
    return [
      total === null ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`,
      rate > 0 && `${rateText(rate)}`,
      left !== null && `${durationText(left)} left`,
      note,
    ]
      .filter(Boolean)
      .join(' · ');
  };
}

const count = (number: number) => number.toLocaleString('en-GB');

/** Slow work is told by the minute. */
function rateText(rate: number): string {
  if (rate < 0.5) return `${(rate * 60).toFixed(1)}/min`;
  return `${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s`;
}

/** A number of seconds as people say it: "40 s", "5 min", "2 h 10 min". */
export function durationText(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
