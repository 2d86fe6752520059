import { expect, test } from 'vitest';
import { securityContact, securityText } from './security-contact.ts';

test.each([
  'https://github.com/owner/name',
  'https://github.com/owner/name.git',
  'https://github.com/owner/name/',
])('of %s the advisories are the contact', (repository) => {
  expect(securityContact(repository)).toBe('https://github.com/owner/name/security/advisories/new');
});

test.each([
  null,
  '',
  'git@github.com:owner/name.git',
  'https://example.org/owner/name',
  'http://github.com/o/n',
  'https://github.com/owner',
])('of %s there is no contact', (repository) => {
  expect(securityContact(repository)).toBeNull();
});

test('it expires half a year after the site was made', () => {
  const text = securityText(
    'https://x.test/a',
    new URL('https://index.test'),
    new Date('2026-01-01T00:00:00.123Z'),
  );
  expect(text).toContain('\nExpires: 2026-06-30T00:00:00Z\n');
});
