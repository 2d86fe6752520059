import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toFindings } from './findings.ts';
import type { Hit } from './secrets/scan.ts';

const hit: Hit = {
  detector: 'github-token',
  kind: 'GitHub token',
  severity: 'high',
  line: 3,
  column: 9,
  masked: 'ghp_…',
};
const place = { file: 'session.jsonl', gitBlobSha: 'a'.repeat(40) };
const fingerprintOf = (changed: Partial<Hit>, blob = place.gitBlobSha) =>
  toFindings([{ ...hit, ...changed }], { ...place, gitBlobSha: blob }, new Set())[0]?.fingerprint ?? '';

test('a finding is the hit at its file, without the column, which only its fingerprint holds', () => {
  const fingerprint = createHash('sha256')
    .update(`github-token\0${'a'.repeat(40)}\0${3}\0${9}`)
    .digest('hex');
  expect(toFindings([hit], place, new Set())).toEqual([
    {
      detector: 'github-token',
      file: 'session.jsonl',
      line: 3,
      kind: 'GitHub token',
      severity: 'high',
      masked: 'ghp_…',
      fingerprint,
      declared_false: false,
    },
  ]);
});

test('only the finding whose fingerprint is declared is declared false', () => {
  const hits = [hit, { ...hit, column: 50 }];
  const declared = new Set([fingerprintOf({ column: 50 })]);
  expect(toFindings(hits, place, declared).map((finding) => finding.declared_false)).toEqual([false, true]);
});

test.each([
  ['another rule', { detector: 'jwt' }, undefined],
  ['another line', { line: 4 }, undefined],
  ['another column', { column: 10 }, undefined],
  ['line and column run together', { line: 39, column: 0 }, undefined],
  ['other bytes', {}, 'b'.repeat(40)],
])('%s: another fingerprint', (_, changed, blob) => {
  expect(fingerprintOf(changed, blob)).not.toBe(fingerprintOf({}));
});

test('the name of a file, and words about the finding, do not change the fingerprint', () => {
  const renamed = toFindings([{ ...hit, kind: 'Token', masked: '…' }], { ...place, file: 'b' }, new Set());
  expect(renamed[0]?.fingerprint).toBe(fingerprintOf({}));
});
