import type { Answer } from '../world/front.ts';

/** What an answer is to whoever asked. */
export type Manner =
  /** What was asked for, or a refusal that was deserved. */
  | 'good'
  /** Come again later, and when: 429 or 503 with Retry-After. */
  | 'later'
  /** An error, or "later" without a time. */
  | 'rude'
  /** No answer. */
  | 'none';

export function mannerOf({ status, headers }: Answer, deserved: readonly number[] = []): Manner {
  if (status === null) return 'none';
  if (status < 400 || deserved.includes(status)) return 'good';
  const says = status === 429 || status === 503;
  return says && /^\d+$/.test(String(headers['retry-after'])) ? 'later' : 'rude';
}

/** One answer, as it is counted. */
export interface Sample {
  /** Seconds since the phase began, when it was asked. */
  at: number;
  /** What was done, such as "submit". */
  kind: string;
  api: boolean;
  manner: Manner;
  status: number | null;
  /** From the moment it was due to the last byte of the answer. */
  milliseconds: number;
}

/** The value that this share of them does not exceed; NaN of none. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = Float64Array.from(figures).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
