import { encodingOf, encodingSample } from '#domain/transcript/encoding.ts';

/** Decodes a file's bytes as they come, however they are written. */
export function openDecoder(): { push: (bytes: Uint8Array) => string; end: () => string } {
  let beginning: Uint8Array | null = new Uint8Array();
  let decoder: TextDecoder | null = null;
  const begin = (bytes: Uint8Array): string => {
    decoder = new TextDecoder(encodingOf(bytes));
    beginning = null;
    return decoder.decode(bytes, { stream: true });
  };
  return {
    push(bytes) {
      if (decoder) return decoder.decode(bytes, { stream: true });
      const all = new Uint8Array((beginning?.length ?? 0) + bytes.length);
      all.set(beginning ?? []);
      all.set(bytes, beginning?.length ?? 0);
      beginning = all;
      return all.length < encodingSample ? '' : begin(all);
    },
    end: () => (beginning === null ? '' : begin(beginning)) + (decoder?.decode() ?? ''),
  };
}

/** The whole text of a file. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}
