import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formats } from '../transcript/formats/registry.ts';
import { samples } from '../transcript/fuzz-samples.ts';
import { textSamples } from '../transcript/fuzz-samples-text.ts';
import { jsonLines, readText } from '../transcript/testing.ts';
import { countsIn, sessionsIn, written } from './testing.ts';

/** What a file's formats count otherwise than its summary; what the file does not tell is not compared. */
function differences(text: string): unknown[] {
  const { reading, sessions } = sessionsIn(text);
  const { summary } = reading;
  if (!summary) return sessions;
  const told = {
    user_messages: summary.userMessages,
    assistant_messages: summary.assistantMessages,
    tool_calls: summary.toolCalls,
  };
  return Object.entries(countsIn(sessions)).flatMap(([format, counts]) =>
    (['user_messages', 'assistant_messages', 'tool_calls'] as const)
      .filter((field) => told[field] !== null && told[field] !== counts[field])
      .map((field) => ({ format, field, told: told[field], counted: counts[field] })),
  );
}

test.each(formats.map(({ id }) => id))('%s and back: every format counts as the summary does', (id) => {
  const sample = samples[id] ?? '';
  expect(differences(sample)).toEqual([]);
  const { reading, sessions } = sessionsIn(sample);
  expect(sessions.flatMap(({ threads }) => threads).length).toBeGreaterThan(0);
  const sum = (field: 'user_messages' | 'assistant_messages' | 'tool_calls') =>
    sessions.reduce((all, { derived }) => all + (derived[field] ?? 0), 0);
  expect(sum('user_messages')).toBe(reading.summary?.userMessages ?? 0);
  expect(sum('assistant_messages')).toBe(reading.summary?.assistantMessages ?? 0);
  expect(sum('tool_calls')).toBe(reading.summary?.toolCalls ?? 0);
});

test.each(formats.map(({ id }) => id))(
  '%s in STS-Format says the same: the key of its content is equal',
  (id) => {
    const { reading, sessions } = sessionsIn(samples[id] ?? '');
    const { sts } = written(sessions);
    if (sts.length === 1)
      expect(readText(sts[0] ?? '').summary?.contentKey).toBe(reading.summary?.contentKey);
    for (const text of sts)
      expect(readText(text)).toMatchObject({ summary: { format: 'sts' }, problems: [] });
  },
);

const hostile = [
  '\ud800',
  '\u2028',
  '\0',
  '"',
  '{"a":1}{"b":2}',
  '\n---\n',
  '\n#### ',
  '"__proto__":',
  '"id":"uncounted-1"',
  '"id":"call-1"',
  '"isSidechain":true',
];

test('samples changed anywhere, or run together: nothing throws, every line is well-formed, and the counts hold', () => {
  const sample = fc.constantFrom(...Object.values(samples));
  const change = fc.record({
    kind: fc.constantFrom('cut', 'delete', 'repeat', 'insert', 'swap' as const),
    from: fc.nat(10_000),
    length: fc.nat(300),
    text: fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 5 })),
  });
  fc.assert(
    fc.property(sample, sample, fc.array(change, { maxLength: 4 }), (one, other, changes) => {
      let text = one;
      for (const { kind, from, length, text: inserted } of changes) {
        const start = from % (text.length + 1);
        if (kind === 'cut') text = text.slice(0, Math.max(start, 20));
        else if (kind === 'delete') text = text.slice(0, start) + text.slice(start + length);
        else if (kind === 'repeat') text = text.slice(0, start + length) + text.slice(start);
        else if (kind === 'insert') text = text.slice(0, start) + inserted + text.slice(start);
        else text = text.slice(0, start) + other + text.slice(start);
      }
      expect(differences(text)).toEqual([]);
      const { records, sts } = written(sessionsIn(text).sessions);
      for (const line of [...records.map((record) => JSON.stringify(record)), ...sts])
        expect(line).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/);
    }),
    { numRuns: 1000 },
  );
});

test('lines of a format in any order, some told twice or changed in an id: the counts hold', () => {
  const linesOf = Object.entries(samples)
    .filter(([id]) => !(id in textSamples))
    .map(([, sample]) => sample.split('\n').filter(Boolean));
  const ids = fc.constantFrom(
    's1',
    's2',
    'u1',
    'm1',
    'c1',
    '__proto__',
    'constructor',
    '',
    '\ud800',
    'uncounted-1',
  );
  const keys = fc.constantFrom(
    'id',
    'uuid',
    'parentUuid',
    'parentId',
    'sessionId',
    'tool_use_id',
    'call_id',
    'isSidechain',
    'parent_tool_use_id',
    'uncounted',
    'purpose',
    'subagent',
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...linesOf),
      fc.array(fc.tuple(fc.nat(20), keys, fc.oneof(ids, fc.boolean())), { maxLength: 12 }),
      (lines, told) => {
        const more = told.map(([at, key, id]) =>
          JSON.stringify(JSON.parse(lines[at % lines.length] ?? '{}'), (name, value) =>
            name === key ? id : value,
          ),
        );
        expect(differences([...lines, ...more].map((line) => `${line}\n`).join(''))).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});

test('arguments 100,000 deep are left empty and told, and so is nothing else', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const text = (samples['claude-code'] ?? '').replace('"a.py"', deep);
  const { sessions } = sessionsIn(text);
  const [thread] = sessions[0]?.threads ?? [];
  expect(thread?.lostArguments).toBe(1);
  expect(thread?.messages.flatMap(({ calls }) => calls.map((call) => call.arguments))).toEqual(['{}']);
  expect(differences(text)).toEqual([]);
});

test('a session of very many parts, ids and results is gathered in time that grows with its size', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({
    type: 'assistant',
    sessionId: `s${i % 300}`,
    uuid: `u${i}`,
    parentUuid: i % 7 ? `u${i - 1}` : null,
    isSidechain: i % 11 === 0,
    message: {
      id: 'm1',
      role: 'assistant',
      content: [
        { type: 'text', text: `${i}` },
        { type: 'tool_use', id: `c${i % 50}`, name: 'x', input: { i } },
      ],
    },
  }));
  expect(differences(jsonLines(...many))).toEqual([]);
});
