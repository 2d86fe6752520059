import { setTimeout as sleep } from 'node:timers/promises';
import type { ListedFile } from '../../copy/listed-row.ts';
import type { Store } from '../store/store.ts';
import { backOff, type Limits } from './limits.ts';
import type { Pace } from './pace.ts';
import type { RawClient } from './raw-client.ts';

/** What became of fetching a file. */
export type Fetched =
  | { kind: 'stored' }
  | { kind: 'missing' }
  | { kind: 'hash_mismatch' | 'rate_limited' | 'error'; why: string };

export interface Fetching {
  client: RawClient;
  store: Store;
  pace: Pace;
  limits: Limits;
  random(): number;
  signal: AbortSignal;
}

/** Fetches files into the store; one that two gists want at once is fetched once, unless the first gist has it no more. */
export function fileFetcher(fetching: Fetching): (path: string, file: ListedFile) => Promise<Fetched> {
  const coming = new Map<string, Promise<Fetched>>();
  return async (path, file) => {
    for (let known = coming.get(file.git_blob_sha); known; known = coming.get(file.git_blob_sha)) {
      const fetched = await known;
      // What a row says of its size is its own.
      if (fetched.kind === 'stored') return fetching.store.has(file) ? fetched : mismatch;
    }
    const fetched = fetchFile(path, file, fetching);
    coming.set(file.git_blob_sha, fetched);
    try {
      return await fetched;
    } finally {
      coming.delete(file.git_blob_sha);
    }
  };
}

const mismatch: Fetched = { kind: 'hash_mismatch', why: 'It has other bytes than the snapshot says.' };
const limited: Fetched = {
  kind: 'rate_limited',
  why: 'The raw host limits how much we may ask. The next run goes on.',
};

async function fetchFile(path: string, file: ListedFile, fetching: Fetching): Promise<Fetched> {
  const { client, store, pace, limits, random, signal } = fetching;
  let failures = 0;
  let others = 0;
  for (;;) {
    const turn = await pace.turn();
    if (turn === null) return notAsked(pace);
    const answer = await client.ask(path, file, store.part(file));
    if (answer.kind === 'limited') {
      turn.limited(answer.retryAfter);
      continue;
    }
    if (answer.kind === 'trouble') {
      turn.trouble();
      failures += 1;
      if (signal.aborted || failures === limits.attempts) {
        pace.gaveUp(answer.why);
        return { kind: 'error', why: answer.why };
      }
      await sleep(backOff(failures, limits, random), undefined, { signal }).catch(() => undefined);
      continue;
    }
    turn.fine();
    if (answer.kind === 'whole') return { kind: 'stored' };
    if (answer.kind === 'missing') return answer;
    if (answer.kind === 'refused') return { kind: 'error', why: answer.why };
    others += 1;
    if (others === 2) return { kind: 'hash_mismatch', why: answer.why };
  }
}

function notAsked({ closed }: Pace): Fetched {
  return closed?.kind === 'down' ? { kind: 'error', why: closed.why } : limited;
}
