import type { Look } from './look.ts';
import type { Frames } from './probe.ts';

interface Figure {
  metric: string;
  unit: string;
  of(look: Look): number | null;
}

/** What is told of a round. */
export const figures: readonly Figure[] = [
  { metric: 'first prompt on the screen after its bytes', unit: 'ms', of: ({ first }) => first },
  { metric: 'whole session read, with its hash checked', unit: 'ms', of: ({ whole }) => whole },
  ...ofFrames('wheel through all', ({ wheel }) => wheel),
  ...ofFrames('far jumps', ({ jumps }) => jumps),
  ...ofFrames('wheel through all, CPU a quarter as fast', ({ slowWheel }) => slowWheel),
  ...ofFrames('far jumps, CPU a quarter as fast', ({ slowJumps }) => slowJumps),
  { metric: 'elements in the document, most', unit: '1', of: ({ elements }) => elements },
  { metric: 'nodes in the document, most', unit: '1', of: ({ nodes }) => nodes },
  { metric: 'find a word of every few lines', unit: 'ms', of: ({ often }) => often },
  { metric: 'find a word that is nowhere', unit: 'ms', of: ({ nowhere }) => nowhere },
  { metric: 'JavaScript heap of the page', unit: 'MB', of: ({ pageHeap }) => pageHeap },
  { metric: 'JavaScript heap of the worker', unit: 'MB', of: ({ workerHeap }) => workerHeap },
  { metric: 'memory of the page with its worker, all', unit: 'MB', of: ({ processes }) => processes },
];

function ofFrames(what: string, of: (look: Look) => Frames): Figure[] {
  return [
    { metric: `${what}: frame, p95`, unit: 'ms', of: (look) => percentile95(of(look).intervals) },
    { metric: `${what}: frame, longest`, unit: 'ms', of: (look) => Math.max(...of(look).intervals) },
    { metric: `${what}: frames over 50 ms`, unit: '%', of: (look) => shareOver50(of(look).intervals) },
    {
      metric: `${what}: task, longest over 50 ms`,
      unit: 'ms',
      of: (look) => Math.max(0, ...of(look).longTasks),
    },
  ];
}

/** The least figure that 95 of 100 are not above. */
export function percentile95(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

function shareOver50(intervals: readonly number[]): number {
  return (100 * intervals.filter((interval) => interval > 50).length) / intervals.length;
}
