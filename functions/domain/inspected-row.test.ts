import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import type { Gist } from './gist.ts';
import { gistToDescribe, scanVerdict } from './inspected-row.ts';
import type { Inspection } from './inspection.ts';

const finding = (digit: string): Finding => ({
  detector: 'mail',
  file: 'session.jsonl',
  line: 1,
  kind: 'Mail address',
  severity: 'low',
  masked: 'ada@…',
  fingerprint: digit.repeat(64),
  declared_false: false,
});
const found = (...findings: Finding[]) => ({ findings, findings_omitted: 0 });

test.each([
  ['nothing found is clean, whoever looked', found(), null, 'clean'],
  ['what nobody has seen is not reviewed', found(finding('a')), null, null],
  [
    'what the approving moderator saw is reviewed',
    found(finding('a')),
    [finding('b'), finding('a')],
    'reviewed',
  ],
  ['one finding more than was seen is not reviewed', found(finding('a'), finding('b')), [finding('a')], null],
] as const)('%s', (_, inspection, seen, scan) => {
  expect(scanVerdict(inspection, seen)).toBe(scan);
});

test('findings beyond those kept are not clean', () => {
  expect(scanVerdict({ findings: [], findings_omitted: 3 }, null)).not.toBe('clean');
});

test('findings nobody saw, because they were not kept, are not reviewed', () => {
  expect(scanVerdict({ findings: [finding('a')], findings_omitted: 1 }, [finding('a')])).toBeNull();
});

test.each([
  ['nothing found in it', [], 'Ask ada about tides'],
  ['personal data found elsewhere', [finding('a')], 'Ask ada about tides'],
  ['personal data found in it', [{ ...finding('a'), file: '(description)' }], null],
  [
    'what its owner declares to be none',
    [{ ...finding('a'), file: '(description)', declared_false: true }],
    'Ask ada about tides',
  ],
] as const)('a description as a title: %s', (_, findings, description) => {
  const gist = { description: 'Ask ada about tides', files: [{ name: 'a', rawUrl: 'x' }] } as unknown as Gist;
  const inspection = { findings, files: [{ name: 'a' }] } as unknown as Inspection;
  expect(gistToDescribe(gist, inspection).description).toBe(description);
  expect(gistToDescribe(gist, null).description).toBeNull();
});
