import { expect, test } from 'vitest';
import { securityHeaders } from './security-headers.ts';

const policy = (scripts: string[], gists: string[] = []) =>
  new Map(
    (securityHeaders({ scripts, gists })['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );

test('no page of anybody’s can frame ours', () => {
  expect(policy([]).get('frame-ancestors')).toEqual(["'none'"]);
});

test('plugins have no directive of their own, so that nothing takes back what all of them begin with', () => {
  const directives = policy([]);
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.has('object-src')).toBe(false);
  expect(directives.get('base-uri')).toEqual(["'none'"]);
});

test('scripts run by their hash alone, and none without one', () => {
  expect(policy([]).get('script-src')).toEqual(["'none'"]);
  expect(policy(['sha384-a', 'sha384-b']).get('script-src')).toEqual(["'sha384-a'", "'sha384-b'"]);
  expect([...policy(['sha384-a']).values()].flat()).not.toContain("'unsafe-inline'");
});

test('a browser is let through to our own origin and to gists, each host once', () => {
  const connect = policy([], ['https://a.test', 'https://a.test', 'https://b.test']).get('connect-src');
  expect(connect).toEqual(["'self'", 'https://a.test', 'https://b.test']);
});

test('HSTS is for two years and every subdomain', () => {
  const { 'strict-transport-security': hsts } = securityHeaders({ scripts: [], gists: [] });
  expect(hsts).toBe('max-age=63072000; includeSubDomains');
});
