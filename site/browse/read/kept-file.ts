import type { AsyncBuffer } from 'hyparquet';

export interface KeptFile extends AsyncBuffer {
  /** Fetches a stretch at once, of which parts are asked for next. */
  hold(start: number, end: number): Promise<void>;
}

/** A file whose parts are fetched once: tables of pages are asked for again with every page. */
export function keptFile(file: AsyncBuffer): KeptFile {
  const parts = new Map<string, Promise<ArrayBuffer>>();
  let held: { start: number; bytes: ArrayBuffer } | null = null;
  return {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      if (held && start >= held.start && end <= held.start + held.bytes.byteLength) {
        return held.bytes.slice(start - held.start, end - held.start);
      }
      const key = `${start}-${end}`;
      const kept = parts.get(key);
      if (kept) return kept;
      const part = Promise.resolve(file.slice(start, end));
      // What failed is asked for again; what is large is not kept twice, here and as what was read from it.
      if (end - start <= mostKept) parts.set(key, part);
      part.catch(() => parts.delete(key));
      return part;
    },
    async hold(start, end) {
      held = { start, bytes: await file.slice(start, end) };
    },
  };
}

const mostKept = 32_768;
