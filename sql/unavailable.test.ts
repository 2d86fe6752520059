import { expect, test } from 'vitest';
import { DatabaseUnavailable, isDatabaseUnavailable } from './unavailable.ts';

const coded = (code: string) => Object.assign(new Error('some words'), { code });

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  '08006',
  '53300',
  '57P01',
  '57P03',
  '57014',
  '55P03',
  '40001',
  '40P01',
])('%s means that the database is unavailable', (code) => {
  expect(isDatabaseUnavailable(coded(code))).toBe(true);
});

test.each(['23505', '42601', '28P01', '3D000', '57000', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])(
  '%s is another kind of error',
  (code) => {
    expect(isDatabaseUnavailable(coded(code))).toBe(false);
  },
);

test('errors of the driver that have no code are known by their words', () => {
  expect(isDatabaseUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isDatabaseUnavailable(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isDatabaseUnavailable(new Error('Query read timeout'))).toBe(true);
  expect(isDatabaseUnavailable(new Error('something else'))).toBe(false);
});

test('our own error counts, and what is not an error does not', () => {
  expect(isDatabaseUnavailable(new DatabaseUnavailable('no owner'))).toBe(true);
  expect(isDatabaseUnavailable('57P01')).toBe(false);
  expect(isDatabaseUnavailable(undefined)).toBe(false);
});
