import type { Measured } from '../measured.ts';
import { type Manner, quantile, type Sample } from './timings.ts';

/** Milliseconds that 95 of 100 answers of the API may take. */
export const goalMs = 100;

const took = (samples: readonly Sample[]) => samples.map(({ milliseconds }) => milliseconds);
const good = (samples: readonly Sample[]) => samples.filter(({ manner }) => manner === 'good');
const count = (samples: readonly Sample[], manner: Manner) =>
  samples.filter((sample) => sample.manner === manner).length;

/** How long answers took, of the API and of each kind. `goal` is that of the API's p95. */
export function latencies(phase: string, samples: readonly Sample[], goal: Measured['goal']): Measured[] {
  const served = good(samples);
  const kinds = [...new Set(served.map(({ kind }) => kind))].sort();
  const groups: [string, Sample[]][] = [
    ['API', served.filter(({ api }) => api)],
    ['pages and files', served.filter(({ api }) => !api)],
    ...kinds.map((kind): [string, Sample[]] => [kind, served.filter((sample) => sample.kind === kind)]),
  ];
  return groups.flatMap(([name, group]) =>
    [50, 95, 99].map((percent) => ({
      metric: `${phase}: ${name} p${percent}`,
      unit: 'ms',
      value: quantile(took(group), percent / 100),
      goal: name === 'API' && percent === 95 ? goal : null,
    })),
  );
}

/** How requests were answered. Where there is room for everybody, nobody may be sent away. */
export function manners(
  phase: string,
  samples: readonly Sample[],
  sentAway: 'never' | 'politely',
): Measured[] {
  const most = { most: 0 };
  const line = (metric: string, value: number, goal: Measured['goal']) => ({
    metric: `${phase}: ${metric}`,
    unit: 'requests',
    value,
    goal,
  });
  return [
    line('answered', count(samples, 'good'), null),
    line(
      'asked to come later, 429 or 503 with Retry-After',
      count(samples, 'later'),
      sentAway === 'never' ? most : null,
    ),
    line('errors', count(samples, 'rude'), most),
    ...rudeness(samples).map(([what, often]) => line(`errors, ${what}`, often, null)),
    line('no answer', count(samples, 'none'), most),
  ];
}

/** Errors by what was done and the status that came of it. */
function rudeness(samples: readonly Sample[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { manner, kind, status } of samples) {
    if (manner === 'rude') counts.set(`${kind} ${status}`, (counts.get(`${kind} ${status}`) ?? 0) + 1);
  }
  return [...counts];
}

/** Seconds in a row in which all is well, after which it is over. */
const well = 5;

/** Seconds until the API answers everybody within the goal again, and goes on so; all there were where it did not. */
export function recovery(samples: readonly Sample[], seconds: number): number {
  const isWell = (second: number) => {
    const then = samples.filter(({ at, api }) => api && Math.floor(at) === second);
    return then.every(({ manner }) => manner === 'good') && !(quantile(took(then), 0.95) > goalMs);
  };
  const flags = Array.from({ length: Math.floor(seconds) }, (_, second) => isWell(second));
  const found = flags.findIndex(
    (_, second) => second + well <= flags.length && flags.slice(second, second + well).every(Boolean),
  );
  return found === -1 ? seconds : found;
}
