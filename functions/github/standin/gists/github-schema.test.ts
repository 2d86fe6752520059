import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { standinGistId } from '../ids.ts';
import { runningStandin, temporaryGists } from '../testing.ts';

const document = z.object({ components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }) });

/** GitHub's schema requires nothing of a single gist; this is what its answers have had so far. */
const required = [
  ...['id', 'node_id', 'url', 'html_url', 'forks_url', 'commits_url', 'comments_url', 'git_pull_url'],
  ...['git_push_url', 'files', 'public', 'created_at', 'updated_at', 'description', 'comments', 'user'],
  ...['owner', 'truncated'],
];

/** GitHub's schema forbids two nulls that GitHub sends: no owner, and a language it does not know. */
function withNulls(schema: object): object {
  const text = JSON.stringify(schema)
    .replaceAll('"language":{"type":"string"}', '"language":{"type":"string","nullable":true}')
    .replaceAll('schemas/simple-user"', 'schemas/nullable-simple-user"');
  return JSON.parse(text);
}

let check: (schema: string) => ValidateFunction;

beforeAll(() => {
  const path = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  const { schemas } = document.parse(JSON.parse(readFileSync(path, 'utf8'))).components;
  for (const name of ['gist-simple', 'base-gist']) {
    schemas[name] = { ...withNulls(schemas[name] ?? {}), required };
  }
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ components: { schemas } }, 'github');
  check = (name) => ajv.compile({ $ref: `github#/components/schemas/${name}` });
}, 60_000);

function expectValid(schema: string, value: unknown) {
  const validate = check(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

it.each(['gist-simple', 'base-gist', 'gist-commit', 'public-user', 'release', 'release-asset'])(
  'the schema of %s refuses {}',
  (name) => {
    expect(check(name)({})).toBe(false);
  },
);

it('refuses a gist whose file sizes are words', () => {
  expect(check('gist-simple')({ files: { 'a.txt': { size: 'big' } } })).toBe(false);
});

it('answers in the shapes GitHub publishes', async () => {
  const { dir, write } = temporaryGists({
    'ada/first/a.jsonl': '{}\n',
    'ada/first/unknown.traj': Buffer.from([0xff]),
    'bo/fork/a.md': '# a\n',
    'bo/fork/.gist.json': JSON.stringify({ fork_of: 'ada/first', owner_null: true }),
    'bo/orphan/a.md': '# a\n',
    'bo/orphan/.gist.json': JSON.stringify({ fork_of: 'gone/gone' }),
  });
  const { getJson } = await runningStandin(dir);
  const first = `/gists/${standinGistId('ada', 'first')}`;
  await getJson(first);
  write('ada/first/b.txt', 'b');

  const gist = await getJson(first);
  expectValid('gist-simple', gist);
  expectValid('gist-simple', await getJson(`${first}/${gist.history[1].version}`));
  expectValid('gist-simple', await getJson(`/gists/${standinGistId('bo', 'fork')}`));
  expectValid('gist-simple', await getJson(`/gists/${standinGistId('bo', 'orphan')}`));
  const commits = await getJson(`${first}/commits`);
  expect(commits).toHaveLength(2);
  for (const commit of commits) expectValid('gist-commit', commit);
  const listed = await getJson('/users/ada/gists');
  expect(listed).toHaveLength(1);
  for (const entry of listed) expectValid('base-gist', entry);
  expectValid('public-user', await getJson('/users/ada'));
  expectValid('rate-limit-overview', await getJson('/rate_limit'));
});

it('answers about releases in the shapes GitHub publishes', async () => {
  const { standin } = await runningStandin(temporaryGists({}).dir);
  const headers = { authorization: 'token some-token' };
  const ask = async (path: string, method = 'GET', body?: string) =>
    (
      await fetch(`${standin.origin}/repos/ada/index${path}`, { method, headers, ...(body && { body }) })
    ).json();
  const draft = await ask('/releases', 'POST', JSON.stringify({ tag_name: 'v1', draft: true }));
  expectValid('release', draft);
  const asset = await ask(`/releases/${draft.id}/assets?name=a.txt`, 'POST', 'a');
  expectValid('release-asset', asset);
  expect(asset.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const published = await ask(`/releases/${draft.id}`, 'PATCH', JSON.stringify({ draft: false }));
  expectValid('release', published);
  expect(published.assets).toHaveLength(1);
  expectValid('git-ref', await ask('/git/ref/tags/v1'));
  standin.setFaults(['no_digest']);
  expectValid('release-asset', await ask(`/releases/assets/${asset.id}`));
});
