import { describe, expect, test } from 'vitest';
import { languagesOf } from './languages.ts';

describe('languages of a tool call', () => {
  test.each([
    [{ file_path: '/w/src/a.ts' }, ['TypeScript']],
    [{ path: 'C:\\w\\Main.JAVA ' }, ['Java']],
    [{ filePath: 'a.py', notebook_path: 'b.ipynb' }, ['Python', 'Jupyter Notebook']],
    [{ path: 'archive.d.ts' }, ['TypeScript']],
  ])('%j names files of %j', (input, languages) => {
    expect(languagesOf(input)).toEqual(languages);
  });

  test('the files of a patch count, in text and in an object', () => {
    const patch = '*** Begin Patch\n*** Update File: src/a.rs\n@@\n+x\n*** Add File: b.go\n*** End Patch';
    expect(languagesOf(patch)).toEqual(['Rust', 'Go']);
    expect(languagesOf({ input: patch })).toEqual(['Rust', 'Go']);
    expect(languagesOf({ patch })).toEqual(['Rust', 'Go']);
  });

  test.each([
    [{ path: 'README' }],
    [{ path: 'x.constructor' }],
    [{ path: 'x.toString' }],
    [{ path: 7, file_path: null }],
    [{ command: 'cat a.py' }],
    ['cat a.py'],
    [['a.py']],
    [null],
  ])('%j names none', (input) => {
    expect(languagesOf(input)).toEqual([]);
  });

  test('a patch without end, or of one endless line, is searched no longer than it is long', () => {
    expect(languagesOf('*** Update File: a.py\n'.repeat(200_000))).toContain('Python');
    expect(languagesOf(`*** Update File: ${'a'.repeat(5_000_000)}.py`)).toEqual([]);
  });
});
