import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { encodingOf } from '#domain/transcript/encoding.ts';
import { readTranscript, type TranscriptReading } from '#domain/transcript/transcript.ts';
import { withBeginning } from './beginning.ts';
import { type Hit, openSecretScan } from './secrets/scan.ts';

/** What one file turned out to be. Nothing of its content is in here. */
export interface FileReading {
  reading: TranscriptReading;
  hits: Hit[];
  /** Hits beyond the number kept. */
  omitted: number;
  /** SHA-1 git gives the bytes. */
  gitBlobSha: string;
  bytes: number;
}

/** Work done at a time, in bytes, before anything else in the process gets its turn. */
const portion = 32 * 1024;

/**
 * Reads a file once, as its bytes come: which agent wrote it and what it holds, what must not be published, and whether
 * it is the file git knows. `size` is what the file is said to have, in bytes; git's name for other content differs.
 * Throws what the source throws, and the signal's reason when it is aborted.
 */
export async function inspectFile(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
  signal?: AbortSignal,
): Promise<FileReading> {
  const blob = createHash('sha1').update(`blob ${size}\0`);
  let decoder: TextDecoder | undefined;
  const transcript = readTranscript();
  const secrets = openSecretScan();
  let bytes = 0;
  const take = async (text: string) => {
    if (text === '') return;
    transcript.push(text);
    await secrets.push(text);
  };
  for await (const chunk of withBeginning(source)) {
    bytes += chunk.byteLength;
    blob.update(chunk);
    decoder ??= new TextDecoder(encodingOf(chunk));
    for (let start = 0; start < chunk.byteLength; start += portion) {
      await take(decoder.decode(chunk.subarray(start, start + portion), { stream: true }));
      await setImmediate();
      signal?.throwIfAborted();
    }
  }
  await take(decoder?.decode() ?? '');
  const { hits, omitted } = await secrets.end();
  return { reading: transcript.end(), hits, omitted, gitBlobSha: blob.digest('hex'), bytes };
}
