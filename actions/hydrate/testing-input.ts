import { everything } from '../copy/selection/selection.ts';
import type { Limits } from './host/limits.ts';
import type { Input, Tools } from './run.ts';

export const official = 'https://gist.githubusercontent.com';

/** As the usual ones, but nobody waits long after a failure. */
export const quick: Limits = {
  idle: 60_000,
  grace: 60_000,
  leastRate: 1_000,
  attempts: 3,
  firstWait: 1,
  longestWait: 5,
  leastPause: 5,
};

export function inputOf(copy: string, used: string, input: Partial<Input> = {}): Input {
  return {
    copy,
    selection: everything,
    shard: { index: 1, of: 1 },
    concurrency: 4,
    patienceMs: 0,
    maxBytes: 100_000_000,
    rawHosts: { official, used },
    formats: [],
    recheck: false,
    ...input,
  };
}

export function toolsOf(tools: Partial<Tools> = {}): Tools {
  return {
    tally: () => undefined,
    log: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(),
    random: () => 0.5,
    api: null,
    limits: quick,
    ...tools,
  };
}
