import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TranscriptEvent } from '#domain/transcript/event.ts';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { readText } from '#domain/transcript/testing.ts';
import { type Row, rowAddress } from '../row.ts';
import { detailOf } from './detail-of.ts';
import { input, keys, text, textsOfBlocks, textsOfParts, unseen } from './testing-fuzz.ts';
import { openThread } from './thread.ts';

const id = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString', '', '#f1-l1', 'row-0', '\u202e');
const line = fc.constantFrom(1, 2, 3, 1_000_000);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const place = {
  line,
  at: maybe(
    fc.constantFrom('2026-05-02T08:15:00.000Z', '0001-01-01T00:00:00', '9999-12-31T23:59:59.999Z', 'NaN'),
  ),
  subagent: maybe(id),
};
const tokens = fc.constantFrom(null, 0, 1, -1, 1e308, Number.NaN, Number.MAX_SAFE_INTEGER);
const event: fc.Arbitrary<TranscriptEvent> = fc.oneof(
  fc.record({ kind: fc.constant('session' as const), ...place, id: maybe(id), agentVersion: maybe(text) }),
  fc.record({
    kind: fc.constant('message' as const),
    ...place,
    role: fc.constantFrom('user', 'assistant', 'system'),
    purpose: maybe(fc.constantFrom('prompt', 'command', 'context')),
    id: maybe(id),
    parentId: maybe(id),
    text,
    model: maybe(text),
    uncounted: maybe(fc.constant(true as const)),
  }),
  fc.record({ kind: fc.constant('thinking' as const), ...place, messageId: maybe(id), text }),
  fc.record({
    kind: fc.constant('tool_call' as const),
    ...place,
    id: maybe(id),
    name: fc.oneof(id, text),
    messageId: maybe(id),
    input,
    uncounted: maybe(fc.constant(true as const)),
  }),
  fc.record({
    kind: fc.constant('tool_result' as const),
    ...place,
    callId: maybe(id),
    text,
    failed: fc.constantFrom(true, false, null),
  }),
  fc.record({
    kind: fc.constant('usage' as const),
    ...place,
    messageId: maybe(id),
    input: tokens,
    output: tokens,
    counts: fc.constantFrom('sum', 'total'),
  }),
  fc.record({ kind: fc.constant('compaction' as const), ...place, text }),
  fc.record({ kind: fc.constant('attachment' as const), ...place, mediaType: fc.option(text) }),
);

function textsOfRow({ title, brief, body, turn }: Row): string[] {
  const said = body === null ? [] : 'text' in body ? [body.text] : [...textsOfBlocks(body.blocks)];
  return [title, brief, turn?.model ?? '', ...said];
}

/** Reads events as the worker does, telling of the rows after each `step`. What the page would know is checked. */
function expectSane(events: readonly TranscriptEvent[], step: number): void {
  const thread = openThread(1, keys());
  const page = new Map<number, Row>();
  const take = () => {
    const { added, changed } = structuredClone(thread.take());
    for (const row of changed) expect(page.has(row.key)).toBe(true);
    for (const row of added) expect(page.has(row.key)).toBe(false);
    for (const row of [...added, ...changed]) page.set(row.key, row);
  };
  events.forEach((each, i) => {
    thread.add(each);
    if (i % step === 0) take();
  });
  thread.end();
  take();

  const rows = [...page.values()];
  expect(rows).toEqual(thread.sources.map(({ row }) => row));
  expect(new Set(rows.map(rowAddress)).size).toBe(rows.length);
  for (const row of rows) {
    for (const shown of textsOfRow(row)) expect(shown).not.toMatch(unseen);
    if (row.under !== null) expect(page.get(row.under)?.kind).toBe('subagent');
    if (row.target !== null) expect(page.has(row.target)).toBe(true);
  }
  for (const source of thread.sources)
    for (const shown of textsOfParts(detailOf(source))) expect(shown).not.toMatch(unseen);

  // What is shown adds up to what is counted.
  const counts = thread.counts();
  for (const who of ['prompt', 'command', 'answer'] as const) {
    const ordinals = rows.flatMap(({ turn }) =>
      turn?.who === who && turn.ordinal !== null ? turn.ordinal : [],
    );
    expect(ordinals.toSorted((a, b) => a - b)).toEqual(Array.from({ length: counts[who] }, (_, i) => i + 1));
  }
  expect(rows.filter(({ counted }) => counted)).toHaveLength(counts.tool);
}

describe('a thread', () => {
  test('is made of whatever events come', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), expectSane), {
      numRuns: 500,
    });
  });

  test('is made of the events of every format, some of them changed, lost, told twice or out of order', () => {
    const told = Object.values(samples).map((sample) => readText(sample).events);
    const change = fc.record({
      kind: fc.constantFrom('lose', 'repeat', 'swap', 'replace', 'merge' as const),
      at: fc.nat(100),
      to: fc.nat(100),
      event,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...told),
        fc.array(change, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (sample, changes, step) => {
          const events = [...sample];
          for (const { kind, at, to, event: other } of changes) {
            const from = at % (events.length || 1);
            const here = events[from];
            if (here === undefined) continue;
            if (kind === 'lose') events.splice(from, 1);
            else if (kind === 'repeat') events.splice(to % events.length, 0, here);
            else if (kind === 'swap') events.push(...events.splice(from, 1));
            else if (kind === 'replace') events[from] = other;
            else events[from] = { ...here, ...('id' in other && { id: other.id }), subagent: other.subagent };
          }
          expectSane(events, step);
        },
      ),
      { numRuns: 500 },
    );
  });
});
