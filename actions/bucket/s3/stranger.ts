import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure } from '../../failure.ts';

const attempts = 5;

/**
 * What anybody gets at an address; null where strangers get nothing. Asked again while the service is busy; throws
 * JobFailure where it stays so.
 */
export async function readAsStranger(address: string): Promise<Buffer | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) });
      if (answer.status < 500 && answer.status !== 429) {
        return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
      }
      await answer.body?.cancel();
      if (attempt === attempts) {
        throw new JobFailure(
          `${address} answers ${answer.status}, however often it is asked. Nothing is lost: run this again later.`,
        );
      }
    } catch (error) {
      if (attempt === attempts) throw error instanceof TypeError ? (error.cause ?? error) : error;
    }
    await sleep(100 * 2 ** attempt);
  }
}
