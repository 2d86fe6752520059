import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';

/** How often reading goes on after a break without getting a single byte further. */
const breaksInVain = 4;

/** The bytes of an object that an answer has begun to tell; where the connection breaks, the rest is asked for. */
export async function* readFrom(
  client: S3Client,
  at: { Bucket: string; Key: string },
  answer: GetObjectCommandOutput,
): AsyncGenerator<Uint8Array> {
  const total = answer.ContentLength ?? 0;
  let read = 0;
  let inVain = 0;
  for (let current = answer; ; ) {
    try {
      for await (const piece of current.Body as AsyncIterable<Uint8Array>) {
        read += piece.length;
        inVain = 0;
        yield piece;
      }
      if (read >= total) return;
      throw new Error('the stream ended early');
    } catch (error) {
      inVain += 1;
      if (inVain > breaksInVain) throw error;
    }
    await sleep(100 * 2 ** inVain);
    current = await client.send(
      new GetObjectCommand({ ...at, Range: `bytes=${read}-`, IfMatch: answer.ETag }),
    );
  }
}
