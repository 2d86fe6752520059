import { expect, test } from 'vitest';
import { blocking, type Finding } from './finding.ts';

const found = (severity: Finding['severity'], declared_false: boolean): Finding => ({
  detector: 'github-token',
  file: 'session.jsonl',
  line: 1,
  kind: 'GitHub token',
  severity,
  masked: 'ghp_…',
  fingerprint: '0'.repeat(64),
  declared_false,
});

test('only a secret that nobody declares to be none keeps a gist out', () => {
  const secret = found('high', false);
  expect(blocking([found('low', false), secret, found('high', true), found('low', true)])).toEqual([secret]);
});
