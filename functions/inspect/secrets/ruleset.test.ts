import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulesetVersion } from './ruleset.ts';

it('names the installed version of secretlint', () => {
  const manifest = new URL(import.meta.resolve('@secretlint/secretlint-rule-preset-recommend/package.json'));
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  expect(rulesetVersion).toMatch(new RegExp(`^\\d+\\+secretlint-${version.replaceAll('.', '\\.')}$`));
});
