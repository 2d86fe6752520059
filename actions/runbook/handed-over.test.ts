import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocksOf } from './blocks.ts';
import { workflowScript } from './workflow-script.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const runbook = read('docs/deploy-hetzner.md');

/** Of two ways one is enough, and what has a sensible meaning when it is not set. */
const optional = ['secrets.OAUTH_CLIENT_ID', 'secrets.OAUTH_CLIENT_SECRET', 'vars.DATASET_LICENSE'];

test('the runbook hands over what the workflows ask for, each to the right place', () => {
  const workflows = readdirSync(join(root, '.github/workflows')).map((file) =>
    read(`.github/workflows/${file}`),
  );
  const asked = workflows
    .flatMap((text) => [...text.matchAll(/\b(?:secrets|vars)\.[A-Z0-9_]+/g)].map(([name]) => name))
    .filter((name) => name !== 'secrets.GITHUB_TOKEN' && !optional.includes(name));
  const handedOver = [...runbook.matchAll(/gh (secret|variable) set (\w+) --env production/g)].map(
    ([, kind, name]) => `${kind === 'secret' ? 'secrets' : 'vars'}.${name}`,
  );
  expect(handedOver.sort()).toEqual([...new Set(asked)].sort());
});

test('the settings of a server name all that start requires', () => {
  const given = [...read('.env.production.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const required = ['DATABASE_URL', 'SITE_URL', 'SESSION_SECRET', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'];
  expect(given).toEqual(expect.arrayContaining([...required, 'MODERATOR_GITHUB_IDS']));
});

test('every block that is typed stands under a section with a number, in their order', () => {
  const numbers = blocksOf(runbook).map(({ title }) => Number.parseInt(title, 10));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(new Set(numbers)).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9]));
});

test('a block is its lines, with what its fence says', () => {
  const text = '## 2. Begin\n\n```sh server backup\nls\n# not a heading\n```\n\n```sh\nfor people\n```\n';
  expect(blocksOf(text)).toEqual([
    { place: 'server', notes: ['backup'], title: '2. Begin', text: 'ls\n# not a heading\n' },
  ]);
});

test('a job’s steps become commands with their secrets, in a shell of its own each', () => {
  const text = workflowScript(
    `jobs:\n  a:\n    steps:\n      - uses: x/y@1\n      - run: npm run b\n        env:\n          C: \${{ secrets.D }}\n`,
    'a',
  );
  expect(text).toBe(
    'step "npm run b"\n(\nexport C="$(cat "$GITHUB/secrets/D" 2> /dev/null)"\nnpm run b\n)\n',
  );
});
