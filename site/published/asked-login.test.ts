import { expect, test } from 'vitest';
import { askedLogin } from './asked-login.ts';

test.each([
  ['ada', 'ada'],
  [' @Ada-L ', 'Ada-L'],
  ['https://github.com/ada', 'ada'],
  ['gist.github.com/ada/', 'ada'],
  ['12345', '12345'],
  ['ada_acme', 'ada_acme'],
  ['a'.repeat(39), 'a'.repeat(39)],
])('%j is the login %s', (text, login) => {
  expect(askedLogin(text)).toBe(login);
});

test.each([
  '',
  '@',
  '-ada',
  'ada lovelace',
  'ada/engine',
  'ada@example.org',
  '<script>alert(1)</script>',
  'ada\u202Egpj',
  'ada\nada',
  '../../etc/passwd',
  'а\u0301да',
  'a'.repeat(40),
  ' '.repeat(1000),
])('%j is no login', (text) => {
  expect(askedLogin(text)).toBeNull();
});
