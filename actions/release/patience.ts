import type { ReleaseAnswer } from '#github/releases.ts';

export interface Waiting {
  /** Waits so many milliseconds; throws the signal's reason. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
}

/** So many failures in a row are an outage. */
const mostFailures = 5;
/** A limit that lasts longer than so many seconds is not waited for. */
const longestWait = 300;

/**
 * Milliseconds to wait before GitHub is asked again after that many failures in a row; null when there is no use in it.
 */
export function waitAfter(answer: ReleaseAnswer<unknown>, failures: number): number | null {
  if (failures >= mostFailures) return null;
  if (answer.kind === 'unavailable') return 1000 * 2 ** failures;
  if (answer.kind !== 'rate_limited' || answer.retryAfter > longestWait) return null;
  return answer.retryAfter * 1000;
}

/** Asks until GitHub answers, for what may be asked twice. */
export async function patiently<T>(
  { sleep, signal }: Waiting,
  call: () => Promise<ReleaseAnswer<T>>,
): Promise<ReleaseAnswer<T>> {
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted();
    const answer = await call();
    const wait = waitAfter(answer, failures);
    if (wait === null) return answer;
    await sleep(wait, signal);
  }
}
