import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../row.ts';
import { find } from '../worker/find.ts';
import { detailOf, fieldsOf } from './detail-of.ts';
import { editsOf } from './edits.ts';
import type { Source } from './source.ts';
import { input, keys, text, textsOfParts, unseen } from './testing-fuzz.ts';
import { openThread } from './thread.ts';
import { mainArgument } from './tool-input.ts';

describe('what a tool was called with', () => {
  const results = fc.array(fc.record({ text, failed: fc.constantFrom(true, false, null) }), { maxLength: 3 });

  test('is shown whatever it is', () => {
    fc.assert(
      fc.property(input, results, fc.nat(5), fc.nat(300), (given, answers, field, index) => {
        const source = sourceOf({ input: given, results: answers });
        const parts = [...detailOf(source), ...detailOf(source, { field, index }), ...(editsOf(given) ?? [])];
        for (const shown of textsOfParts(parts)) expect(shown).not.toMatch(unseen);
        for (const part of parts)
          if (part.kind === 'diff') for (const [, line] of part.lines) expect(line).not.toContain('\n');
        expect(fieldsOf(source)).toHaveLength(1 + answers.length);
        expect(typeof mainArgument(given)).toBe('string');
        structuredClone(parts);
      }),
      { numRuns: 500 },
    );
  });

  test('nested 100,000 deep is read, shown and looked through', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    for (const given of [deep, { deep }, { command: 'ls', deep }, { edits: [{ deep }] }, [[deep]]]) {
      const thread = openThread(1, keys());
      thread.add({ kind: 'tool_call', line: 1, name: 'Nest', input: given });
      const [source] = thread.sources;
      if (!source) throw new Error('no row');
      expect(detailOf(source).length).toBeGreaterThan(0);
      expect(find([source], 'deep').hits).toHaveLength(1);
    }
  });

  test('told again with other arguments is shown as it was first, too, and counted once', () => {
    const thread = openThread(1, keys());
    const tell = (input: unknown) =>
      thread.add({ kind: 'tool_call', line: 1, id: 'one', name: 'Bash', input });
    for (const input of [
      undefined,
      {},
      { command: 'rm' },
      { command: 'rm -rf', why: 'x' },
      '{"command":"ls"}',
    ])
      tell(input);
    const shown = thread.sources.map((source) => [...textsOfParts(detailOf(source))].join(' '));
    expect(shown).toEqual([expect.stringContaining('rm -rf'), expect.stringContaining('ls')]);
    expect(thread.counts().tool).toBe(1);
    expect(thread.sources.map(({ row }) => row.counted)).toEqual([true, false]);
  });

  test('a call with more changes or results than anybody reads stays small, and says so', () => {
    const edit = { old_string: 'a\nb', new_string: 'b\na' };
    const edits = Array.from({ length: 20_000 }, () => edit);
    const many = detailOf(sourceOf({ input: { file_path: 'a', edits } }));
    expect(many.length).toBeLessThan(100);
    expect([...textsOfParts(many)]).toContain('19950 more changes are in the raw line.');

    const thread = openThread(1, keys());
    thread.add({ kind: 'tool_call', line: 1, id: 'one', name: 'Bash', input: {} });
    for (let i = 0; i < 20_000; i += 1)
      thread.add({ kind: 'tool_result', line: 2, callId: 'one', text: `told ${i}`, failed: null });
    for (const source of thread.sources) expect(detailOf(source).length).toBeLessThan(100);
    expect(find(thread.sources, 'told 19999').total).toBe(1);
  });
});

function sourceOf(more: Partial<Source>): Source {
  const row: Row = {
    key: 0,
    file: 1,
    line: 1,
    nth: 1,
    kind: 'tool',
    under: null,
    at: null,
    turn: null,
    counted: false,
    title: '',
    brief: '',
    body: null,
    result: null,
    target: null,
  };
  return { row, text: '', first: null, input: undefined, results: [], ...more };
}
