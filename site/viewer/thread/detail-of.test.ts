import { expect, test } from 'vitest';
import { detailOf, fieldsOf } from './detail-of.ts';
import { openThread } from './thread.ts';

function source(input: unknown, result?: string, failed: boolean | null = null) {
  const thread = openThread(1, () => 0);
  thread.add({ kind: 'tool_call', line: 1, id: 't', name: 'tool', input });
  if (result !== undefined) thread.add({ kind: 'tool_result', line: 2, callId: 't', text: result, failed });
  const [only] = thread.sources;
  if (!only) throw new Error('no row');
  return only;
}
const parts = (...given: Parameters<typeof source>) => detailOf(source(...given));
const whole = (text: string) => ({ text, from: 1, to: text.split('\n').length, of: text.split('\n').length });

test('a command and its output', () => {
  expect(parts({ command: 'npm test', description: 'Run them' }, 'ok\n1 passed', false)).toEqual([
    { kind: 'command', text: 'npm test' },
    { kind: 'arguments', entries: [{ name: 'description', value: 'Run them' }] },
    { kind: 'output', stretch: whole('ok\n1 passed'), failed: false, field: 1 },
  ]);
});

test('a command given as words, in arguments that are a text of JSON', () => {
  expect(parts('{"cmd":["bash","-lc","ls"]}')).toEqual([
    { kind: 'command', text: 'bash -lc ls' },
    { kind: 'remark', text: 'The file holds no result of this call.' },
  ]);
});

test('a file that is read is shown under its path', () => {
  expect(parts({ file_path: 'src/a.ts', limit: 2 }, 'one\ntwo', false).at(-1)).toEqual({
    kind: 'file',
    path: 'src/a.ts',
    stretch: whole('one\ntwo'),
    field: 1,
  });
});

test.each([
  ['Claude Code', { file_path: 'a.ts', old_string: 'x\ny\n', new_string: 'x\nz\n' }],
  ['pi', { path: 'a.ts', oldText: 'x\ny\n', newText: 'x\nz\n' }],
  ['several edits', { path: 'a.ts', edits: [{ oldText: 'x\ny\n', newText: 'x\nz\n' }] }],
])('an edit of %s is a diff', (_, input) => {
  expect(parts(input)[0]).toEqual({
    kind: 'diff',
    path: 'a.ts',
    lines: [
      [' ', 'x'],
      ['-', 'y'],
      ['+', 'z'],
    ],
    cut: false,
  });
});

test('a patch of Codex is a diff a file', () => {
  const patch =
    '*** Begin Patch\n*** Update File: a.ts\n@@\n x\n-y\n+z\n*** Add File: b.ts\n+new\n*** End Patch';
  for (const input of [{ input: patch }, patch, { command: ['apply_patch', patch] }]) {
    expect(parts(input)).toEqual([
      {
        kind: 'diff',
        path: 'a.ts',
        lines: [
          ['@', '@@'],
          [' ', 'x'],
          ['-', 'y'],
          ['+', 'z'],
        ],
        cut: false,
      },
      { kind: 'diff', path: 'b.ts', lines: [['+', 'new']], cut: false },
      { kind: 'remark', text: 'The file holds no result of this call.' },
    ]);
  }
});

test('search and replace between marks is a diff', () => {
  const diff = '------- SEARCH\nold\n=======\nnew\n+++++++ REPLACE';
  expect(parts({ path: 'a.ts', diff })[0]).toMatchObject({
    kind: 'diff',
    lines: [
      ['-', 'old'],
      ['+', 'new'],
    ],
  });
});

test('a file that is written is all new', () => {
  expect(parts({ file_path: 'a.ts', content: 'x\ny\n' })[0]).toEqual({
    kind: 'diff',
    path: 'a.ts',
    lines: [
      ['+', 'x'],
      ['+', 'y'],
    ],
    cut: false,
  });
});

test('a long output is shown in stretches, from a place that was found', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `line ${i + 1}`);
  const long = source({ command: 'cat' }, lines.join('\n'));
  expect(detailOf(long)[1]).toMatchObject({ stretch: { from: 1, to: 200, of: 5000 } });
  const index = fieldsOf(long)[1]?.indexOf('line 3000') ?? -1;
  const found = detailOf(long, { field: 1, index })[1];
  expect(found).toMatchObject({ stretch: { from: 2997, of: 5000 } });
  expect(JSON.stringify(found)).toContain('line 3000');
});

test('what a terminal would do is not done, and what could hide is shown', () => {
  const [, , output] = parts({ command: 'x', a: 1 }, '\u001b[31mred\u001b[0m \u202Egnp.exe\u202C \u0007');
  expect(output).toMatchObject({ stretch: { text: 'red ⟨202E⟩gnp.exe⟨202C⟩ ⟨0007⟩' } });
});
