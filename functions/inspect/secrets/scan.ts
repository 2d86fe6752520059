import { beginningOfRun } from './base64.ts';
import { openCollection } from './collect.ts';
import { findIn } from './find.ts';
import type { Hit } from './hit.ts';
import { resolve } from './resolve.ts';

export type { Hit, Severity } from './hit.ts';

/** A file's text on its way through the rules. */
export interface SecretScan {
  /** Takes the text in chunks of any size, cut anywhere. */
  push(text: string): Promise<void>;
  /** At most 1000 hits in order of place, blocking ones kept first, and how many more there were. */
  end(): Promise<{ hits: Hit[]; omitted: number }>;
}

/** The text is worked through in blocks of this size, wherever its chunks and lines end: constant memory. */
export const block = 96 * 1024;
/** Text kept before and needed behind a block: more than any rule's reach. */
const margin = 16 * 1024;
/** Anchors this far outside a block may belong to a find inside it. */
const before = 2048;
const behind = 512;

/** Looks for secrets and personal data in one file. */
export function openSecretScan(): SecretScan {
  const collection = openCollection();
  /** The text at hand: what was kept, then from `done` on what is still to do. */
  let text = '';
  let done = 0;
  /** Where `text` begins in the file; the line that is, where it begins, and where a base64 run cut by it begins. */
  let origin = { offset: 0, line: 1, lineStart: 0, runStart: 0 };
  /** Finds inside base64 runs already told, since a long run is met in several blocks. */
  let told = new Set<string>();

  function work(end: number) {
    const locate = openLocator(text, origin);
    for (const find of resolve(
      findIn(
        text,
        Math.max(0, done - before),
        Math.min(text.length, end + behind),
        origin.offset - origin.runStart,
      ),
    )) {
      if (find.start >= end || (find.start < done && !find.wrapped)) continue;
      const offset = find.wrapped && find.start === 0 ? origin.runStart : origin.offset + find.start;
      if (find.wrapped) {
        const place = `${offset} ${find.detector}`;
        if (told.has(place)) continue;
        told.add(place);
      }
      const { detector, kind, severity, masked } = find;
      collection.add({ detector, kind, severity, ...locate(offset), masked }, find.value);
    }
    done = end;
  }

  /** Lets go of the text that no later find can need. */
  function forget() {
    const cut = Math.max(0, done - margin);
    const { line, column } = openLocator(text, origin)(origin.offset + cut);
    const offset = origin.offset + cut;
    const within = /[A-Za-z0-9+/_-]{2}/.test(text.slice(Math.max(0, cut - 1), cut + 1));
    const run = within ? beginningOfRun(Buffer.from(text.slice(0, cut), 'latin1'), cut) : cut;
    const runStart = run === 0 ? origin.runStart : origin.offset + run;
    origin = { offset, line, lineStart: offset - column + 1, runStart };
    told = new Set([...told].filter((place) => Number.parseInt(place, 10) >= runStart));
    text = text.slice(cut);
    done -= cut;
  }

  return {
    async push(chunk) {
      for (let at = 0; at < chunk.length; at += block) {
        text += chunk.slice(at, at + block);
        while (text.length - done >= block + margin) {
          work(done + block);
          forget();
        }
      }
    },
    async end() {
      while (done < text.length) {
        work(Math.min(text.length, done + block));
        forget();
      }
      return collection.end();
    },
  };
}

/** Line and column, each from 1, of offsets in the file; to be asked in rising order, none before the text's own line. */
function openLocator(text: string, origin: { offset: number; line: number; lineStart: number }) {
  let { line, lineStart } = origin;
  let next = text.indexOf('\n');
  return (offset: number): { line: number; column: number } => {
    while (next >= 0 && origin.offset + next < offset) {
      line++;
      lineStart = origin.offset + next + 1;
      next = text.indexOf('\n', next + 1);
    }
    return { line, column: offset - lineStart + 1 };
  };
}
