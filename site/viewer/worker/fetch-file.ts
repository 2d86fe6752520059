import { maxFileBytes } from '#domain/gist.ts';
import type { FileToRead } from '../protocol.ts';
import type { Trouble } from '../trouble.ts';

/** Longest wait for the next bytes, in milliseconds. */
const patience = 30_000;

/**
 * Fetches a file at its pinned address and hands its bytes on as they come. Answers with all of them when they are what
 * git names, else with what is wrong: then nothing that was handed on may stay on the page.
 */
export async function fetchFile(
  source: FileToRead,
  onBytes: (bytes: Uint8Array) => void,
  get: typeof fetch = fetch,
): Promise<Uint8Array | Trouble> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), patience);
  const kept = new Uint8Array(source.bytes);
  let length = 0;
  let began = false;
  try {
    const response = await get(source.url, {
      signal: stop.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
    if (response.type === 'opaqueredirect') return { kind: 'trouble', code: 'moved' };
    if (!response.ok) return refused(response);
    began = true;
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), patience);
      if (length + value.length > source.bytes || length + value.length > maxFileBytes) {
        await reader.cancel();
        return { kind: 'trouble', code: 'other_bytes' };
      }
      kept.set(value, length);
      length += value.length;
      onBytes(value);
    }
  } catch (error) {
    if (stop.signal.aborted) return { kind: 'trouble', code: 'too_slow' };
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'trouble', code: navigator.onLine ? (began ? 'cut_off' : 'unreachable') : 'offline' };
  } finally {
    clearTimeout(timer);
  }
  const isIt = length === source.bytes && (await gitBlobSha(kept)) === source.gitBlobSha;
  return isIt ? kept : { kind: 'trouble', code: 'other_bytes' };
}

async function refused(response: Response): Promise<Trouble> {
  await response.body?.cancel();
  const { status } = response;
  if (status === 404 || status === 410) return { kind: 'trouble', code: 'gone' };
  if (status === 451) return { kind: 'trouble', code: 'blocked' };
  if (status !== 429) return { kind: 'trouble', code: 'unreachable', status };
  const seconds = Number(response.headers.get('retry-after'));
  return { kind: 'trouble', code: 'too_many_requests', retryAfter: seconds > 0 ? seconds : undefined };
}

/** The name git gives these bytes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
async function gitBlobSha(bytes: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const blob = new Uint8Array(head.length + bytes.length);
  blob.set(head);
  blob.set(bytes, head.length);
  const digest = await crypto.subtle.digest('SHA-1', blob);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
