import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const table = readFileSync(join(root, 'docs/drills.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what happens'));

test.each(table)('%s', (line) => {
  const holder = line.split('|').at(-2)?.trim() ?? '';
  const [, file, name] = /^`([^`]+\.test\.ts)`: “(.+)”$/.exec(holder) ?? [];
  if (file === undefined || name === undefined) {
    expect(holder).toMatch(/^`npm run drill -- (?:load|kill)`$/);
    return;
  }
  expect(existsSync(join(root, file))).toBe(true);
  expect(readFileSync(join(root, file), 'utf8')).toContain(`'${name}'`);
});
