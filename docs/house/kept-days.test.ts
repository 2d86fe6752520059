import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupDays, logDays } from '#domain/retention.ts';
import { root } from './source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the rule of the runbook takes backups away when the privacy page says so', () => {
  const text = read('docs/operations.md');
  const rule = /old-backups.*?"Expiration": \{"Days": (\d+)\}/s.exec(text)?.[1];
  const told = /that rule does, after (\d+) days/.exec(text)?.[1];
  expect([rule, told]).toEqual([String(backupDays), String(backupDays)]);
});

test('the server keeps its log as long as the privacy page says', () => {
  expect(read('docs/deploy/journald.conf')).toContain(`\nMaxRetentionSec=${logDays}day\n`);
});

test('the log tells of everybody who was erased since the oldest backup', () => {
  // A bucket's rule rounds up to the end of a day, and a file of the log has the lines of one.
  expect(logDays).toBeGreaterThanOrEqual(backupDays + 2);
});
