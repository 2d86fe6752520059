import type { Failure } from '#github/failure.ts';
import type { Tools, Trouble } from './tools.ts';

/** Asks, and asks again after GitHub's limits where they are short. */
export type Patiently = <Answer extends { kind: string }>(ask: () => Promise<Answer>) => Promise<Answer>;

/** Waits for limits, `seconds` in all and no longer. */
export function patientlyFor(seconds: number, { sleep, log, signal }: Tools): Patiently {
  let left = seconds;
  return async (ask) => {
    for (;;) {
      signal.throwIfAborted();
      const answer = await ask();
      if (!isLimited(answer) || answer.retryAfter > left) return answer;
      left -= answer.retryAfter;
      log(`GitHub is limiting our requests; waiting for ${answer.retryAfter} s.`);
      await sleep(answer.retryAfter * 1000);
    }
  };
}

function isLimited(answer: { kind: string }): answer is Limited {
  return answer.kind === 'rate_limited';
}

type Limited = Extract<Failure, { kind: 'rate_limited' }>;

/** What a failure means for the run as a whole. */
export function troubleOf(failure: Exclude<Failure, { kind: 'missing' }>): Trouble {
  if (failure.kind === 'rate_limited') return { kind: 'limited', retryAfter: failure.retryAfter };
  return failure.refused
    ? { kind: 'credentials', refused: failure.refused }
    : { kind: 'down', why: failure.why ?? 'an answer of another shape' };
}
