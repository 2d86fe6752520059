import { METHODS } from 'node:http';
import type { Answered } from '#runtime/answered.ts';
import type { Family, Sample } from './exposition.ts';

/** Upper bounds of the histogram, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Counted {
  labels: { route: string; method: string; status: string };
  /** How many took no longer than each bound, and one more place for all. */
  within: number[];
  seconds: number;
}

/** More different answers than this are counted together: a route or method that grows must not eat the memory. */
const mostKinds = 2_000;
const methods = new Set(METHODS);

/** Counts answered requests by route, method and status, with how long they took. */
export function countRequests() {
  const counted = new Map<string, Counted>();

  return {
    note({ route, method, status, seconds }: Answered): void {
      const own = { route, method: methods.has(method) ? method : 'other', status: String(status) };
      const known = counted.has(keyOf(own)) || counted.size < mostKinds;
      const labels = known ? own : { route: 'other', method: 'other', status: 'other' };
      const found = counted.get(keyOf(labels)) ?? {
        labels,
        within: Array.from({ length: bounds.length + 1 }, () => 0),
        seconds: 0,
      };
      counted.set(keyOf(labels), found);
      const from = bounds.findIndex((bound) => seconds <= bound);
      found.within = found.within.map((count, i) =>
        i >= (from < 0 ? bounds.length : from) ? count + 1 : count,
      );
      found.seconds += seconds;
    },
    family(): Family {
      return {
        name: 'http_request_duration_seconds',
        type: 'histogram',
        help: 'Answered requests and how long they took; those that limits refused have the status 429.',
        samples: [...counted.values()].flatMap(samplesOf),
      };
    },
  };
}

const keyOf = ({ route, method, status }: Counted['labels']) => `${method} ${status} ${route}`;

function samplesOf({ labels, within, seconds }: Counted): Sample[] {
  const buckets = within.map((value, i) => ({
    suffix: '_bucket',
    labels: { ...labels, le: i < bounds.length ? String(bounds[i]) : '+Inf' },
    value,
  }));
  return [
    ...buckets,
    { suffix: '_count', labels, value: within.at(-1) ?? 0 },
    { suffix: '_sum', labels, value: seconds },
  ];
}
