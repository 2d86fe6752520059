/** One figure, of ours and of a peer, measured in the same run. */
export interface Measured {
  metric: string;
  unit: string;
  ours: number;
  /** Null where the peer has nothing that could be measured. */
  peer: number | null;
  peer_name: string;
}

/** What a benchmark is told from the command line. */
export interface BenchOptions {
  /** File of pi's command-line program; null when none was given. */
  pi: string | null;
  /** Sessions in the largest index that is made. */
  most: number;
  /** Sessions that are fetched. */
  gists: number;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
