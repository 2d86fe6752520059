import { expect, test } from 'vitest';
import { figures, percentile95 } from './figures.ts';
import type { Look } from './look.ts';

test('of a hundred frames, five may be longer than the 95th percentile', () => {
  const quick = Array.from({ length: 95 }, (_, i) => i + 1);
  expect(percentile95([900, 900, 900, 900, 900, ...quick])).toBe(95);
  expect(percentile95([900, 900, 900, 900, 900, 900, ...quick.slice(1)])).toBe(900);
});

test('frames are told by their 95th percentile, the longest, and the share that is over 50 ms', () => {
  const still = { intervals: [16], longTasks: [] };
  const look: Look = {
    first: 1,
    whole: 2,
    wheel: { intervals: [16, 50, 51, 120], longTasks: [60, 110] },
    jumps: still,
    slowWheel: still,
    slowJumps: still,
    elements: 3,
    nodes: 4,
    often: 5,
    nowhere: null,
    pageHeap: 6,
    workerHeap: 7,
    processes: 8,
  };
  const told = Object.fromEntries(figures.map(({ metric, of }) => [metric, of(look)]));
  expect(told).toMatchObject({
    'wheel through all: frame, p95': 120,
    'wheel through all: frame, longest': 120,
    'wheel through all: frames over 50 ms': 50,
    'wheel through all: task, longest over 50 ms': 110,
    'far jumps: frames over 50 ms': 0,
    'far jumps: task, longest over 50 ms': 0,
    'find a word that is nowhere': null,
  });
});
