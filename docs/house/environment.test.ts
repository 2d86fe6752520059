import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvironment } from '#domain/environment.ts';
import { root } from './source.ts';

/** Every variable that is looked up while the environment is read. */
function namesRead(): Set<string> {
  const names = new Set<string>();
  const record = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readEnvironment('build', record);
  return names;
}

/** Names that `.env.example` shows how to set, commented out or not. */
function namesShown(text: string): string[] {
  return [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
}

/** Set by what runs us, never in a file. */
const bySurroundings = ['CI', 'GITHUB_ACTIONS', 'NODE_ENV'];

const example = readFileSync(join(root, '.env.example'), 'utf8');

test('.env.example shows every variable that is read, and no other, once', () => {
  const read = [...namesRead()].filter((name) => !bySurroundings.includes(name));
  expect(namesShown(example).sort()).toEqual(read.sort());
});

test('what the surroundings set is looked at too', () => {
  expect([...namesRead()]).toEqual(expect.arrayContaining(bySurroundings));
});

test('a name counts as shown where a line sets it', () => {
  expect(namesShown('# SITE_URL is an address\n# SITE_URL=https://x.org\nCI=1\n  X=2\n')).toEqual([
    'SITE_URL',
    'CI',
  ]);
});

test('.env.example as it is starts development', () => {
  const lines = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [name, value]);
  expect(readEnvironment('dev', Object.fromEntries(lines)).warnings).toEqual([]);
});
