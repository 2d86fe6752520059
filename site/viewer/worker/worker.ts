import type { Asks, FileToRead, FromWorker, Question, ToWorker } from '../protocol.ts';
import { detailOf, fieldsOf } from '../thread/detail-of.ts';
import type { Source } from '../thread/source.ts';
import { stretchOf } from '../thread/stretch.ts';
import { visible } from '../thread/visible.ts';
import { isTrouble, type Trouble } from '../trouble.ts';
import { compare } from './compare.ts';
import { textOf } from './file-text.ts';
import { find } from './find.ts';
import { readFile } from './read-file.ts';

/** Reads sessions in the background of a page: what it holds never leaves the visitor's browser. */
const page = self as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

interface Kept {
  sources: readonly Source[];
  /** Once all of it was read. */
  bytes: Uint8Array | null;
  text: string | null;
}
const files = new Map<number, Kept>();
let keys = 0;

page.onmessage = ({ data }) => {
  if (data.kind === 'read') {
    keys = Math.max(keys, data.firstKey);
    void read(data.file, data.source);
  } else void answer(data.id, data.name, data.ask);
};

/** Whatever went wrong, it may quote the session: it is not told further. */
const fault = (): Trouble => ({ kind: 'trouble', code: 'fault' });

async function read(file: number, source: FileToRead): Promise<void> {
  const { sources, end } = readFile(
    file,
    source,
    () => keys++,
    ({ added, changed }, bytes) => page.postMessage({ kind: 'rows', file, added, changed, bytes }),
  );
  files.set(file, { sources, bytes: null, text: null });
  const done = await end.catch(fault);
  if (isTrouble(done)) {
    files.delete(file);
    page.postMessage({ kind: 'trouble', file, trouble: done });
    return;
  }
  files.set(file, { sources, bytes: done.bytes, text: null });
  page.postMessage({ kind: 'done', file, report: done.report });
}

/** Files are read one after another, so the keys of one file's rows follow each other. */
function sourceOf(key: number): Source | undefined {
  for (const { sources } of files.values()) {
    const found = sources[key - (sources[0]?.row.key ?? 0)];
    if (found?.row.key === key) return found;
  }
  return undefined;
}

const answers: {
  [Name in Question]: (ask: Asks[Name]['ask']) => Asks[Name]['answer'] | Promise<Asks[Name]['answer']>;
} = {
  detail: ({ key, at }) => {
    const source = sourceOf(key);
    return source ? detailOf(source, at) : [];
  },
  stretch: ({ key, field, from }) => {
    const source = sourceOf(key);
    return stretchOf((source && fieldsOf(source)[field]) ?? '', from);
  },
  source: ({ key }) => {
    const source = sourceOf(key);
    // As it is shown: what hides in a text must not reach a terminal it is pasted into.
    return source ? visible(fieldsOf(source.first ?? source).join('\n\n')) : '';
  },
  find: ({ words }) =>
    find(
      [...files.entries()].sort(([a], [b]) => a - b).flatMap(([, { sources }]) => sources),
      words,
    ),
  raw: ({ file, line }) => {
    const kept = files.get(file);
    if (!kept?.bytes) return null;
    kept.text ??= textOf(kept.bytes);
    return rawLine(kept.text, line);
  },
  compare: ({ before, after }) => compare(before, after).catch(fault),
};

async function answer<Name extends Question>(id: number, name: Name, ask: Asks[Name]['ask']): Promise<void> {
  const value = await answers[name](ask);
  page.postMessage({ kind: 'answer', id, answer: value });
}

/** One line of the file as it is, its number among all. */
function rawLine(text: string, line: number) {
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const wanted = Math.min(Math.max(1, line), lines.length);
  return { ...stretchOf(lines[wanted - 1] ?? ''), from: wanted, to: wanted, of: lines.length };
}
