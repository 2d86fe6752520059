import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each([
  ['/', '/'],
  ['/mine', '/mine'],
  ['/submit?gist=abc#form', '/submit?gist=abc#form'],
  ['/sessions/../mine', '/mine'],
])('%s is kept as %s', (wanted, expected) => {
  expect(returnPath(wanted)).toBe(expected);
});

test.each([
  ['https://evil.example/'],
  ['//evil.example'],
  ['/\\evil.example'],
  ['\\\\evil.example'],
  ['/\t/evil.example'],
  ['/.//evil.example'],
  ['/x/..//evil.example'],
  ['javascript:alert(1)'],
  ['mine'],
  [''],
  ['/api/auth/signin'],
  ['/api/auth/signout'],
  ['/a\r\nset-cookie: x=1'],
  [`/${'a'.repeat(600)}`],
])('%j leads home', (wanted) => {
  expect(returnPath(wanted)).toBe('/');
});

test('nothing leads to another site', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('/', '\\', '.', ':', '@', 'a', '\t', '\n', '%2f', '?', '#'),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        nasty,
        nasty.map((text) => `/${text}`),
        fc.webUrl(),
        fc.string(),
      ),
      (wanted) => {
        const path = returnPath(wanted);
        expect(new URL(path, 'https://site.test').origin).toBe('https://site.test');
        expect(path.startsWith('/')).toBe(true);
        expect(/^\/[/\\]/.test(path)).toBe(false);
      },
    ),
    { numRuns: 2000 },
  );
});
