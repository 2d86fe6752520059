import { expect, test } from 'vitest';
import { resultIn, splitEnvironment, takeApart, typedIn } from './cline-text.ts';

test('a written call ends at its own tag, and one cut off takes the rest', () => {
  expect(
    takeApart('Now:\n<list_files>\n<path>src</path>\n</list_files>\nand\n<read_file>\n<path>a.ts'),
  ).toEqual({
    words: 'Now:\n\nand',
    thinking: [],
    calls: [
      { name: 'list_files', input: { path: 'src' } },
      { name: 'read_file', input: { path: 'a.ts' } },
    ],
  });
});

test('elements that are no tools, and tools in the middle of a line, are words', () => {
  const words = '<p>use <read_file> for it</p>\n<made_up>\n</made_up>';
  expect(takeApart(words)).toEqual({ words, thinking: [], calls: [] });
});

test('what was typed is found wherever the extension puts it', () => {
  expect(typedIn('Denied.\n<feedback>\na\n</feedback>\n<user_message>b')).toEqual(['a', 'b']);
  expect(typedIn('as in <feedback>a</feedback>')).toEqual([]);
});

test('a result begins with its heading', () => {
  expect(resultIn("[execute_command for 'ls'] Result:\na\nb")).toBe('a\nb');
  expect(resultIn('[attempt_completion] Result:')).toBe('');
  expect(resultIn('see [a] Result: b')).toBeUndefined();
});

test('what is told of the editor is taken off the end', () => {
  expect(
    splitEnvironment('a <environment_details> quoted\n<environment_details>\nb\n</environment_details>'),
  ).toEqual({
    rest: 'a <environment_details> quoted\n',
    environment: 'b',
  });
  expect(splitEnvironment('a')).toEqual({ rest: 'a', environment: undefined });
});

test('a text of nothing but open tags is read in linear time', () => {
  const open = '<read_file>\n<path>'.repeat(200_000);
  const begun = performance.now();
  takeApart(open);
  takeApart(`<write_to_file>${'<content>'.repeat(200_000)}</write_to_file>`);
  typedIn('<task>\n'.repeat(200_000));
  splitEnvironment('<environment_details>'.repeat(200_000));
  resultIn(`[read_file ${'] '.repeat(200_000)}`);
  expect(performance.now() - begun).toBeLessThan(2000);
});
