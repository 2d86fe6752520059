import { encodingSample } from '#domain/transcript/encoding.ts';

/** The same bytes; the first piece is long enough to tell how they are written, or all there is. */
export async function* withBeginning(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let beginning: Uint8Array | null = new Uint8Array();
  for await (const piece of source) {
    if (beginning === null) yield piece;
    else {
      beginning = Buffer.concat([beginning, piece]);
      if (beginning.length < encodingSample) continue;
      yield beginning;
      beginning = null;
    }
  }
  if (beginning !== null && beginning.length > 0) yield beginning;
}
