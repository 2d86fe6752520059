import { expect, test } from 'vitest';
import { createProxies } from './client-address.ts';

const proxies = createProxies(['127.0.0.1', '10.1.0.0/16', '2001:db8:1::/48']);

test.each([
  ['a visitor without a proxy', '192.0.2.1', undefined, '192.0.2.1'],
  ['a visitor who says to be another', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['a trusted proxy', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['a trusted proxy, on a socket of both families', '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['a trusted proxy of a network', '2001:db8:1::9', '2001:db8:2::1', '2001:db8:2::1'],
  ['two trusted proxies', '127.0.0.1', '198.51.100.7, 10.1.2.3', '198.51.100.7'],
  ['a visitor who wrote an entry before the proxy’s', '127.0.0.1', '10.1.2.3, 198.51.100.7', '198.51.100.7'],
  ['a trusted proxy that names only proxies', '10.1.2.3', '10.1.9.9', '10.1.2.3'],
  ['a trusted proxy that names no address', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['words before the proxy’s own entry', '127.0.0.1', '<script>, 198.51.100.7', '198.51.100.7'],
])('%s', (_, peer, forwardedFor, client) => {
  expect(proxies.clientOf({ peer, forwardedFor })).toBe(client);
});

test.each([
  ['this machine', '127.0.0.1', undefined],
  ['this machine, over IPv6', '::1', '198.51.100.7'],
  ['a socket without an address', undefined, '198.51.100.7'],
  ['a proxy that was asked from this machine', '127.0.0.1', '127.0.0.2'],
])('%s is nobody in particular', (_, peer, forwardedFor) => {
  expect(proxies.clientOf({ peer, forwardedFor })).toBeNull();
});

test('where no proxy is trusted, nobody’s word is taken', () => {
  const none = createProxies([]);
  expect(none.isTrusted('127.0.0.1')).toBe(false);
  expect(none.clientOf({ peer: '10.1.2.3', forwardedFor: '198.51.100.7' })).toBe('10.1.2.3');
});
