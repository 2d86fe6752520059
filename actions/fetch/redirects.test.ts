import { expect, test } from 'vitest';
import { mayLead } from './redirects.ts';

test.each([
  ['https://a.example/x', 'https://b.example/y', true],
  ['http://a.example/x', 'https://a.example/x', true],
  ['http://a.example/x', 'http://b.example/x', true],
  ['http://127.0.0.1:1/x', 'http://127.0.0.1:2/x', true],
  ['https://a.example/x', 'http://a.example/x', false],
  ['https://a.example/x', 'https://127.0.0.1/x', false],
  ['http://a.example/x', 'http://localhost/x', false],
  ['http://a.example/x', 'http://[::1]/x', false],
  ['http://a.example/x', 'http://0x7f000001/x', false],
  ['https://a.example/x', 'https://me:secret@b.example/x', false],
  ['https://a.example/x', 'ftp://a.example/x', false],
  ['http://127.0.0.1/x', 'file:///etc/passwd', false],
])('from %s to %s: %s', (from, to, allowed) => {
  expect(mayLead(new URL(from), new URL(to))).toBe(allowed);
});
