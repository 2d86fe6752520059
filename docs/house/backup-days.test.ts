import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backupDays } from '#domain/retention.ts';

test('the rule for the bucket keeps backups as long as the privacy page says', () => {
  const text = readFileSync(new URL('../operations.md', import.meta.url), 'utf8');
  const [, rule] = /"Expiration": \{"Days": (\d+)\}/.exec(text) ?? [];
  const [, told] = /that rule does, after (\d+) days/.exec(text) ?? [];
  expect([rule, told]).toEqual([String(backupDays), String(backupDays)]);
});
