import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { citedPaths, untoldScripts } from './cited.ts';
import { parsePackage } from './package-rules.ts';
import { pathsBelow, root } from './source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = ['README.md', ...pathsBelow('docs').filter((path) => path.endsWith('.md'))];

test.each(documents)('everything that %s cites is there', (document) => {
  const missing = citedPaths(document, read(document)).filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
});

test('a citation is a path between backticks or a relative link', () => {
  const text = [
    'See `actions/job.ts`, `sql/`, [there](architecture.md#rooms), ![home](home.png) and [out](https://x.org/a/b).',
    '`actions/<job>/index.ts`, `npm run dev`, `/dataset/latest` and `gist_id` are no paths of ours.',
    '```\n`sql/not-read.ts`\n```',
    '`package.json`, `.env.example`',
  ].join('\n');
  expect(citedPaths('docs/x.md', text)).toEqual([
    'actions/job.ts',
    'sql',
    'package.json',
    '.env.example',
    'docs/architecture.md',
    'docs/home.png',
  ]);
});

test('every script of package.json is told of', () => {
  const { scripts } = parsePackage(read('package.json'));
  expect(untoldScripts(Object.keys(scripts), documents.map(read))).toEqual([]);
});

test('a longer name tells of no shorter one', () => {
  const texts = ['npm run db:migrate:deploy and npm start'];
  expect(untoldScripts(['db:migrate', 'db:migrate:deploy', 'start', 'dev'], texts)).toEqual([
    'db:migrate',
    'dev',
  ]);
});
