import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outcomes } from '../copy/status-line.ts';
import { formats } from '../hydrate/formats/open-format.ts';
import { openProgram } from './program.ts';

/* What people are told to type, held against what the command line takes. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = read('docs/hydrate.md');
const places = [
  'README.md',
  'actions/pack/package-readme.md',
  'site/pages/llms.txt.ts',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ...readdirSync(join(root, 'site/recipes')).flatMap((name) =>
    name.endsWith('.sh') ? [`site/recipes/${name}`] : [],
  ),
];

/** The words after `npx openagentsessions`, as a shell or systemd would hand them over. */
function calls(text: string): string[][] {
  const plain = text.replace(/\\\n\s*/g, '').replace(/\$\{[^}]*\}/g, 'X');
  const found = plain.matchAll(/\bnpx openagentsessions((?: (?:"[^"\n]*"|'[^'\n]*'|[^\s;|&()`"'\\])+)+)/g);
  return [...found].map(([, words = '']) =>
    [...words.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, '')),
  );
}

/** Has the program read them. Returns the command it would have run, or throws what it has against them. */
async function taken(words: readonly string[]): Promise<number> {
  let ran = 0;
  const perform = async () => {
    ran += 1;
  };
  const output = { out: () => undefined, error: () => undefined };
  await openProgram('0.0.0', perform, output).parseAsync(words, { from: 'user' });
  return ran;
}

const told = places.flatMap((place) =>
  calls(read(place)).map((words) => [place, words.join(' '), words] as const),
);

test('calls are found in prose, in scripts, behind each other and over lines', () => {
  const text =
    'See `npx openagentsessions stats`.\nnpx openagentsessions pull --from "a b" &&\n  npx openagentsessions hydrate \\\n  --limit 1; ls';
  expect(calls(text)).toEqual([['stats'], ['pull', '--from', 'a b'], ['hydrate', '--limit', '1']]);
});

test('the guide, the recipes and llms.txt tell of calls', () => {
  const named = (place: string) => told.filter(([each]) => each === place).length;
  expect(named('docs/hydrate.md')).toBeGreaterThan(10);
  for (const place of ['site/recipes/hydrate.sh', 'site/recipes/purge.sh', 'site/pages/llms.txt.ts'])
    expect(named(place), place).toBeGreaterThan(0);
});

test.each(told)('%s: the program takes `%s`', async (_, __, words) => {
  expect(await taken(words)).toBe(1);
});

test('a call with a flag that there is not is not taken', async () => {
  await expect(taken(['hydrate', '--formats', 'messages'])).rejects.toThrow();
});

test('every flag the guide names besides is one of a command', async () => {
  const prose = guide.replace(/^```.*?^```$/gms, '');
  const named = new Set([...prose.matchAll(/(?<=`|\s|\()--[a-z][a-z-]*/g)].map(([flag]) => flag));
  const own = openProgram('0.0.0', async () => undefined, { out: () => undefined, error: () => undefined });
  const known = new Set(own.commands.flatMap(({ options }) => options.map(({ long }) => long)));
  // Of systemctl.
  named.delete('--now');
  expect([...named].filter((flag) => !known.has(flag))).toEqual([]);
  expect(named.size).toBeGreaterThan(10);
});

test('the guide tells of every outcome and every format, and of no other', () => {
  const rows = (after: string) => {
    const table = guide.slice(guide.indexOf(after)).split('\n\n')[0] ?? '';
    return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  };
  expect(rows('| `status` |').slice(1)).toEqual([...outcomes]);
  expect(rows('| format |').toSorted()).toEqual(formats.toSorted());
});
