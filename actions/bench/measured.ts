/** One figure, of ours and of a peer, measured in the same run. */
export interface Measured {
  metric: string;
  unit: string;
  ours: number;
  peer: number;
  peer_name: string;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
