import { expect, test } from 'vitest';
import { clientKey } from './client-key.ts';

const secret = 'of the tests, and long enough to be one';
const noon = new Date('2026-11-22T12:00:00Z');
const keyOf = (address: string, at = noon) => clientKey(address, secret, at);

test('an address has the same key for a day, which another site’s secret does not give', () => {
  expect(keyOf('192.0.2.1')).toMatch(/^[\w-]{22}$/);
  expect(keyOf('192.0.2.1', new Date('2026-11-22T23:59:59Z'))).toBe(keyOf('192.0.2.1'));
  expect(keyOf('192.0.2.1', new Date('2026-11-23T00:00:00Z'))).not.toBe(keyOf('192.0.2.1'));
  expect(clientKey('192.0.2.1', `${secret}!`, noon)).not.toBe(keyOf('192.0.2.1'));
  expect(keyOf('192.0.2.2')).not.toBe(keyOf('192.0.2.1'));
});

test.each([
  ['2001:db8::1', '2001:db8:0:0:1:2:3:4', true],
  ['2001:db8:0:0::', '2001:0DB8::ffff', true],
  ['2001:db8:0:1::1', '2001:db8::1', false],
  ['fe80::1', 'fe81::1', false],
])('%s and %s in one network of 64 bits: %s', (one, other, same) => {
  expect(keyOf(one) === keyOf(other)).toBe(same);
});
