import { isPlaceholder } from '../placeholders.ts';
import type { Candidate, Rule } from '../rule.ts';

/** Signed tokens, RFC 7519; a public one (Supabase's `anon` role) or the specification's example is none. */
export const jwt: Rule = {
  detector: 'jwt',
  kind: 'JSON web token',
  anchors: ['eyJ'],
  near: /(?<![A-Za-z0-9_-]{2})eyJ[A-Za-z0-9_-]{10,600}\\{0,4}\.\\{0,4}eyJ/y,
  pattern:
    /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{10,600}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000})/dg,
  reach: { before: 24, after: 6000 },
  rank: 2,
  judge: ({ value }: Candidate) => {
    const [, payload = '', signature = ''] = value.split('.');
    const claims = Buffer.from(payload, 'base64url').toString('utf8');
    const harmless =
      /"role"\s?:\s?"anon"|John Doe|"sub"\s?:\s?"1234567890"|"some"\s?:\s?"payload"|supabase-demo|example\.(?:com|org)/;
    return harmless.test(claims) || isPlaceholder(signature) ? null : 'high';
  },
};
