/** What the raw host is allowed, in milliseconds where nothing else is said. */
export interface Limits {
  /** Without a byte for so long, an answer does not come any more. */
  idle: number;
  /** After this long an answer has to come at the least rate. */
  grace: number;
  /** Bytes a second. */
  leastRate: number;
  /** How often a file is asked for, where the host fails. */
  attempts: number;
  /** The first and the longest wait between them. */
  firstWait: number;
  longestWait: number;
  /** The shortest pause for a host that limits us, however short it says. */
  leastPause: number;
}

export const usualLimits: Limits = {
  idle: 20_000,
  grace: 15_000,
  leastRate: 1_000,
  attempts: 5,
  firstWait: 500,
  longestWait: 15_000,
  leastPause: 1_000,
};

/** Exponential, with full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/. `attempt` from 1. */
export function backOff(attempt: number, limits: Limits, random: () => number): number {
  return random() * Math.min(limits.longestWait, limits.firstWait * 2 ** attempt);
}
