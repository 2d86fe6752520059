import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 5;

/** What anybody gets at an address; null where strangers get nothing. Asked again while the service is busy. */
export async function readAsStranger(address: string): Promise<Buffer | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) });
      if (answer.status < 500 && answer.status !== 429) {
        return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
      }
      if (attempt === attempts) return null;
    } catch (error) {
      if (attempt === attempts) throw error instanceof TypeError ? (error.cause ?? error) : error;
    }
    await sleep(100 * 2 ** attempt);
  }
}
