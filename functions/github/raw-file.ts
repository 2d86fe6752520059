import type { GistFile } from '#domain/gist.ts';
import type { GitHubReader } from './client.ts';
import type { Failure } from './failure.ts';

/** How long one file may take to come, in milliseconds: 10 MB at a poor 500 kB/s. */
const fileTimeoutMs = 20_000;

/** A file's bytes as they come, or why they do not. */
export type RawReading = { kind: 'bytes'; bytes: AsyncIterable<Uint8Array> } | Failure;

/**
 * Fetches a gist's file at the revision its address pins. Only from the configured raw host, never along a redirect, and
 * no more bytes than the gist says the file has: reading past them, or past the time limit, throws RawInterrupted.
 */
export async function readRawFile(
  github: GitHubReader,
  file: GistFile,
  signal?: AbortSignal,
): Promise<RawReading> {
  const address = URL.parse(file.rawUrl);
  if (address?.origin !== new URL(github.options.addresses.rawUrl).origin) {
    return { kind: 'unavailable', retryAfter: 60, why: 'raw address on another host' };
  }
  let response: Response;
  try {
    response = await fetch(address, {
      redirect: 'error',
      signal: AbortSignal.any([
        AbortSignal.timeout(github.options.timeoutMs ?? fileTimeoutMs),
        ...(signal ? [signal] : []),
      ]),
    });
  } catch (error) {
    return { kind: 'unavailable', retryAfter: 60, why: error instanceof Error ? error.name : 'unknown' };
  }
  if (response.ok && response.body) return { kind: 'bytes', bytes: upTo(file.bytes, response.body) };
  await response.body?.cancel();
  if (response.status === 429) {
    return { kind: 'rate_limited', retryAfter: waitSeconds(response.headers.get('retry-after')) };
  }
  return { kind: 'unavailable', retryAfter: 60, why: `raw status ${response.status}` };
}

/** A file stopped coming, or came with more bytes than it has. `message` is safe to log. */
export class RawInterrupted extends Error {
  override name = 'RawInterrupted';
}

async function* upTo(limit: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = limit;
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        throw new RawInterrupted(error instanceof Error ? error.name : 'unknown');
      });
      if (next.done) return;
      left -= next.value.byteLength;
      if (left < 0) throw new RawInterrupted('more bytes than the gist says');
      yield next.value;
    }
  } finally {
    await chunks.return?.().catch(() => {});
  }
}

function waitSeconds(retryAfter: string | null): number {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(3600, Math.ceil(seconds)) : 60;
}
