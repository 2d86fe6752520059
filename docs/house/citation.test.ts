import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * Of the format's schema 1.2.0 what it requires, and the shape of the fields we have; others would be misspelt. A licence is
 * none of them: here it would be the data set's, which has one a session, and for its metadata what each operator sets.
 */
const citation = z.strictObject({
  'cff-version': z.literal('1.2.0'),
  message: z.string().min(1),
  title: z.string().min(1),
  abstract: z.string().min(1),
  type: z.literal('dataset'),
  authors: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
  url: z.url({ protocol: /^https$/ }),
  keywords: z.array(z.string().min(1)).min(1),
});

test('CITATION.cff is what https://citation-file-format.github.io/1.2.0/schema asks for', () => {
  const text = readFileSync(new URL('../../CITATION.cff', import.meta.url), 'utf8');
  expect(citation.safeParse(parse(text))).toMatchObject({ success: true });
});
