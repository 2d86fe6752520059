import { expect, test } from 'vitest';
import { securityContact, securityText } from './security-contact.ts';

test('the advisories of a repository at GitHub are the contact, and there is none without', () => {
  expect(securityContact('https://github.com/owner/name.git')).toBe(
    'https://github.com/owner/name/security/advisories/new',
  );
  expect(securityContact('https://example.org/owner/name')).toBeNull();
});

test('it expires half a year after the site was made', () => {
  const text = securityText(
    'https://x.test/a',
    new URL('https://index.test'),
    new Date('2026-01-01T00:00:00.123Z'),
  );
  expect(text).toContain('\nExpires: 2026-06-30T00:00:00Z\n');
});
