import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at } from '../json.ts';
import { repairCut } from '../values.ts';
import { piEntries } from './pi-entries.ts';

/**
 * What pi's `/export` and `/share` write: one page with the session inside as base64 of `{header, entries, leafId, …}`.
 * https://github.com/badlogic/pi-mono `packages/coding-agent/src/core/export-html/index.ts`
 */
export const piHtml: TranscriptFormat = {
  id: 'pi-html',
  agent: null,
  version: 1,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ head }) =>
    /^\s*<!doctype html/i.test(head.slice(0, 200)) &&
    head.includes('<title>Session Export</title>') &&
    head.includes(opening)
      ? 'certain'
      : 'no',
  read: readPage,
};

const opening = '<script id="session-data"';

/** Longest session read, in characters of base64. */
const maxData = 32_000_000;

function readPage(emit: Emit): TranscriptReader {
  let parts: string[] = [];
  let length = 0;
  let where: 'before' | 'inside' | 'after' = 'before';
  let line = 1;

  const finish = () => {
    where = 'after';
    const session = length > maxData ? undefined : decoded(parts.join(''));
    parts = [];
    let named = false;
    const reader = piEntries((event) => {
      named ||= event.kind === 'session' && event.agent !== undefined;
      emit(event);
    });
    reader.take(at(session, 'header'), line);
    for (const entry of array(at(session, 'entries')) ?? []) reader.take(entry, line);
    reader.end();
    // Of a page whose session cannot be read it is still known whose it is.
    if (!named) emit({ kind: 'session', line, agent: 'pi' });
  };

  return {
    take(piece, number) {
      if (where === 'after' || typeof piece !== 'string') return;
      let start = 0;
      if (where === 'before') {
        const tag = piece.indexOf(opening);
        if (tag < 0) return;
        where = 'inside';
        line = number;
        start = piece.indexOf('>', tag) + 1;
      }
      const end = piece.indexOf('</script>', start);
      const part = piece.slice(start, end < 0 ? undefined : end);
      length += part.length;
      if (length <= maxData) parts.push(part.trim());
      else parts = [];
      if (end >= 0) finish();
    },
    end() {
      if (where === 'inside') finish();
    },
  };
}

/** The JSON written as base64 of UTF-8, as far as it goes where it was cut off; undefined when it is none. */
function decoded(base64: string): unknown {
  try {
    const binary = atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return parsed(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return repairCut(json);
  }
}
