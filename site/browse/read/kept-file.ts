import type { AsyncBuffer } from 'hyparquet';

export interface KeptFile extends AsyncBuffer {
  /** Fetches a stretch at once, of which parts are asked for next. */
  hold(start: number, end: number): Promise<void>;
}

/**
 * A file whose parts are fetched once: tables of pages are asked for again with every page. The parts asked for longest
 * ago go once there are more than `most` bytes, because a server reads a file for as long as it runs.
 */
export function keptFile(file: AsyncBuffer, most = mostTogether): KeptFile {
  const parts = new Map<string, Part>();
  let together = 0;
  const forget = (key: string, part: Part) => {
    if (parts.get(key) !== part) return;
    parts.delete(key);
    together -= part.length;
  };
  let held: { start: number; bytes: ArrayBuffer } | null = null;
  return {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      if (held && start >= held.start && end <= held.start + held.bytes.byteLength) {
        return held.bytes.slice(start - held.start, end - held.start);
      }
      const key = `${start}-${end}`;
      const kept = parts.get(key);
      if (kept) {
        parts.delete(key);
        parts.set(key, kept);
        return kept.bytes;
      }
      const part: Part = { bytes: Promise.resolve(file.slice(start, end)), length: end - start };
      // What is large is not kept twice, here and as what was read from it.
      if (part.length > mostOfOne) return part.bytes;
      parts.set(key, part);
      together += part.length;
      // What failed is asked for again.
      part.bytes.catch(() => forget(key, part));
      for (const [oldest, longAgo] of parts) {
        if (together <= most) break;
        forget(oldest, longAgo);
      }
      return part.bytes;
    },
    async hold(start, end) {
      held = { start, bytes: await file.slice(start, end) };
    },
  };
}

interface Part {
  bytes: Promise<ArrayBuffer>;
  length: number;
}

const mostOfOne = 32_768;
const mostTogether = 8 << 20;
