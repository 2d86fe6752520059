import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TranscriptFormat } from './format.ts';
import { formats } from './formats/registry.ts';
import { jsonSamples, samples } from './fuzz-samples.ts';
import { textSamples } from './fuzz-samples-text.ts';
import { summarise } from './summary.ts';
import { jsonLines, readText } from './testing.ts';

type Reading = ReturnType<typeof readText>;

const counts = [
  'userMessages',
  'userCommands',
  'assistantMessages',
  'toolCalls',
  'inputTokens',
  'outputTokens',
  'redactions',
] as const;
const nameLists = ['sessionIds', 'models', 'toolNames', 'languages'] as const;

/** What does not hold of a reading, and should of each, whatever was read. */
function* flaws({
  summary,
  problems,
  events,
}: Pick<Reading, 'summary' | 'problems' | 'events'>): Generator<unknown> {
  for (const problem of problems) if (!(problem.line > 0 && problem.count > 0)) yield problem;
  for (const event of events) if (!(event.line > 0)) yield event;
  if (!summary) return;
  for (const key of counts) {
    const value = summary[key];
    if (value !== null && !(Number.isSafeInteger(value) && value >= 0)) yield { [key]: value };
  }
  for (const key of nameLists) {
    const list = summary[key] ?? [];
    if (list.length > 200) yield { [key]: list.length };
    for (const name of list)
      if (name === '' || name.length > 200 || !name.isWellFormed()) yield { [key]: name };
  }
  for (const time of [summary.startedAt, summary.endedAt]) {
    if (time !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z?$/.test(time)) yield time;
  }
  if (summary.contentKey !== null && !/^[0-9a-f]{64}$/.test(summary.contentKey)) yield summary.contentKey;
}

function expectSane(reading: Pick<Reading, 'summary' | 'problems' | 'events'>): void {
  expect([...flaws(reading)]).toEqual([]);
}

function expectSameHoweverCut(text: string, cuts: number[]): void {
  const whole = readText(text);
  expectSane(whole);
  expect(readText(text, cuts)).toEqual(whole);
}

describe('every format', () => {
  test.each(formats.map(({ id }) => id))('%s knows its own sample, and no other takes it', (id) => {
    expect(samples).toHaveProperty([id]);
    const reading = readText(samples[id] ?? '');
    expect(reading.summary?.format).toBe(id);
    expect(reading.problems).toEqual([]);
    expectSane(reading);
  });

  test.each(formats)('$id reads whatever piece comes', (format) => {
    for (const piece of junk) {
      const reading = readPieces(format, [piece, ...junk, piece]);
      expectSane({ ...reading, problems: [] });
    }
  });

  test.each(formats.filter(({ unit }) => unit !== 'line'))(
    '$id survives any key of its sample being of another type, or missing',
    (format) => {
      for (const records of retyped(jsonSamples[format.id] ?? [])) {
        format.recognise({ records, document: records[0], head: '' });
        expectSane({
          ...readPieces(format, format.unit === 'document' ? records.slice(0, 1) : records),
          problems: [],
        });
      }
    },
  );
});

const hostile = [
  '\r\n',
  '\n\n',
  '\ufeff',
  '\0',
  '\ud800',
  '\ufffd',
  '"',
  '\\',
  '{',
  '}{',
  '[',
  ']',
  '{"a":1}{"b":2}',
  '```',
  '\n---\n',
  '\n#### ',
  '\n## User\n',
  '\n**User**\n',
  '</details>',
  '<!--',
  '</script>',
  '⏺ ',
];

describe('random changes', () => {
  const sample = fc.constantFrom(...Object.values(samples));
  const cuts = fc.array(fc.nat(100_000), { maxLength: 6 });
  const change = fc.record({
    kind: fc.constantFrom('cut', 'delete', 'repeat', 'insert', 'swap' as const),
    from: fc.nat(10_000),
    length: fc.nat(300),
    text: fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 5 })),
  });

  test('of a sample’s text: it is read, and the same however it comes', () => {
    fc.assert(
      fc.property(
        sample,
        sample,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        cuts,
        (one, other, changes, at) => {
          let text = one;
          for (const { kind, from, length, text: inserted } of changes) {
            const start = from % (text.length + 1);
            const end = start + length;
            if (kind === 'cut') text = text.slice(0, Math.max(start, 20));
            else if (kind === 'delete') text = text.slice(0, start) + text.slice(end);
            else if (kind === 'repeat') text = text.slice(0, end) + text.slice(start);
            else if (kind === 'insert') text = text.slice(0, start) + inserted + text.slice(start);
            else text = text.slice(0, start) + other.slice(0, length * 5) + text.slice(start);
          }
          expectSameHoweverCut(text, at);
        },
      ),
      { numRuns: 700 },
    );
  });

  test('one character at a time is the same as all at once', () => {
    for (const text of Object.values(samples)) {
      expectSameHoweverCut(
        text,
        Array.from(text, (_, index) => index),
      );
    }
  });

  test('JSON of the formats’ own keys and values: it is read, and the same however it comes', () => {
    const { keys, values } = vocabulary();
    const leaf = fc.oneof(fc.constantFrom(...values), fc.constantFrom(...junk), fc.integer(), fc.double());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
      ),
    }));
    const record = fc.constantFrom(...Object.values(jsonSamples).flat());
    const changed = fc
      .tuple(record, fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 }))
      .map(([base, more]) => (Array.isArray(base) ? [...base, more] : { ...(base as object), ...more }));
    const line = fc.oneof({ arbitrary: changed, weight: 3 }, { arbitrary: value, weight: 1 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.nat(2), cuts, (lines, shape, at) => {
        const text =
          shape === 0 ? jsonLines(...lines) : JSON.stringify(shape === 1 ? lines : lines[0], null, 1);
        expectSameHoweverCut(text, at);
      }),
      { numRuns: 500 },
    );
  });
});

// A pattern or a loop that takes the square of these sizes would not end in the time a test has.
describe('the size of a file', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  test.each(Object.keys(jsonSamples))('%s nested 100,000 deep is read', (id) => {
    expectSane(readText(samples[id]?.replace(/:"[^"]*"(?=[^:]*$)/, `:${deep}`) ?? ''));
  });

  test('what ends 100,000 deep is read', () => {
    expectSane(readText(`${samples.pi}{"deeper":${deep.slice(0, 150_000)}`));
    expectSane(readText(`{"deeper":${deep.slice(0, 150_000)}`));
  });

  test.each(Object.keys(textSamples))('%s with a line of 500,000 characters is read', (id) => {
    for (const filler of ['x', '* ']) {
      const line = filler.repeat(500_000 / filler.length);
      expectSane(readText(`${samples[id]}${line}\n${samples[id]}`));
    }
  });

  test('a line of 5 million characters is read, in JSON and in text', () => {
    const said = samples['claude-code']?.replace('Fix it', 'x\\n'.repeat(1_700_000)) ?? '';
    expect(readText(said).summary?.userMessages).toBe(1);
    expectSane(readText(said.slice(0, 5_000_000)));
    expectSane(readText(`${samples.aider}${'x'.repeat(5_000_000)}`));
  });

  test.each([
    ['blank lines', '\n'],
    ['lines of one bracket', '{\n'],
    ['brackets', '[{'],
    ['objects', '{}'],
    ['quotes', '{"'],
    ['headings', '## Turn 1\n### User\n'],
  ])('a file of nothing but %s is read, also after something else', (_, text) => {
    const many = text.repeat(100_000 / text.length);
    for (const start of ['', '{"a":1}\n', 'words\n', samples['kimi-cli-export'], samples.pi])
      expectSane(readText(`${start}${many}`));
  });
});

const junk: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  'x',
  '\0\ud800\u001b',
  '2026-99-99T99:99:99Z',
  '{"a":',
  'n'.repeat(500),
  [],
  [null, 1, 'x', [[]]],
  {},
  { type: 1, text: [], content: {}, role: null },
  JSON.parse('{"__proto__":{"type":"user"},"constructor":"x","hasOwnProperty":1}'),
];

/** Reads pieces as if the file had been taken for this format's. */
function readPieces(format: TranscriptFormat, pieces: readonly unknown[]) {
  const events: Reading['events'] = [];
  const fold = summarise(format);
  const reader = format.read((event) => {
    fold.add(event);
    events.push(event);
  });
  for (const piece of pieces) reader.take(piece, 1);
  reader.end();
  return { summary: { ...fold.end(), truncated: null }, events };
}

/** The value with each part of it, in turn, replaced by pieces of junk, or left out. */
function* retyped(value: unknown[]): Generator<unknown[]> {
  let turn = 0;
  for (const path of pathsOf(value, [])) {
    yield replaced(value, path, undefined) as unknown[];
    // A few of them each time, all of them in turn.
    for (let count = 0; count < 3; count += 1) {
      yield replaced(value, path, junk[turn % junk.length]) as unknown[];
      turn += 1;
    }
  }
}

function* pathsOf(value: unknown, path: string[]): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [...path, key];
    yield* pathsOf(inner, [...path, key]);
  }
}

function replaced(value: unknown, [key, ...rest]: string[], piece: unknown): unknown {
  if (key === undefined) return piece;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? replaced(inner, rest, piece) : inner));
  const record = value as Record<string, unknown>;
  const { [key]: inner, ...others } = record;
  const now = replaced(inner, rest, piece);
  return now === undefined ? others : { ...record, [key]: now };
}

/** The keys and the short values of all samples. */
function vocabulary(): { keys: string[]; values: unknown[] } {
  const keys = new Set<string>();
  const values = new Set<unknown>();
  for (const path of pathsOf(Object.values(jsonSamples), [])) {
    const key = path.at(-1) ?? '';
    if (!/^\d+$/.test(key)) keys.add(key);
    let inner: unknown = Object.values(jsonSamples);
    for (const step of path) inner = (inner as Record<string, unknown>)[step];
    if (typeof inner !== 'object') values.add(inner);
  }
  return { keys: [...keys], values: [...values] };
}
