/** One figure of a drill, and what it must not be worse than. */
export interface Measured {
  metric: string;
  unit: string;
  value: number;
  /** What it may be at most or must be at least; null where it is only told. */
  goal: { most: number } | { least: number } | null;
}

/** A figure as it is printed: `met` is null where nothing was asked of it. */
export function printed(drill: string, { metric, unit, value, goal }: Measured) {
  const met = goal === null ? null : 'most' in goal ? value <= goal.most : value >= goal.least;
  return { drill, metric, unit, value: Number(value.toFixed(1)), goal, met };
}

/** What a drill is told from the command line. */
export interface DrillOptions {
  /** How long it goes on, without what comes before and after. */
  minutes: number;
  /** Requests a second. */
  rate: number;
  /** Multiples of the rate that come afterwards. */
  surges: readonly number[];
  /** Made-up sessions in the snapshot that the site is built from. */
  sessions: number;
  /** Leave the folder with the logs. */
  keep: boolean;
  /** A line for whoever waits. */
  say(text: string): void;
  /** What goes on right now, as often as one likes. */
  progress(words: () => string): void;
}
