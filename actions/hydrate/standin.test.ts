import { expect, test } from 'vitest';
import { standinGistId } from '#github/standin/ids.ts';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { gistRow } from '../copy/testing-rows.ts';
import { createApiLook } from './host/api-look.ts';
import { copyOf, filesIn, hydrate, outcomesOf, statusOf } from './testing.ts';

const names = ['first', 'edited', 'hidden', 'deleted'];
const name = 'session ü#1.jsonl';

/** Gists at the stand-in, and their rows as GitHub's own answers make them. */
async function world(faults: string[] = []) {
  const folder = temporaryGists(
    Object.fromEntries(names.map((gist) => [`ada/${gist}/${name}`, `{"gist":"${gist}"}\n`])),
  );
  const { standin, getJson } = await runningStandin(folder.dir);
  const rows: ListedRow[] = [];
  for (const gist of names) {
    const gist_id = standinGistId('ada', gist);
    const { history, files } = await getJson(`/gists/${gist_id}`);
    const { raw_url, size } = files[name];
    const git_blob_sha = new URL(raw_url).pathname.split('/')[4] ?? '';
    rows.push(
      gistRow({
        gist_id,
        gist_version: history[0].version,
        files: [{ name, bytes: size, git_blob_sha, raw_url }],
      }),
    );
  }
  standin.setFaults(faults);
  return { folder, standin, rows, copy: copyOf(rows) };
}

const statuses = (copy: string) => outcomesOf(copy).map((line) => line.split(' ')[1]);
const look = (origin: string, token: string | null = 'of-nobody') =>
  createApiLook({ apiUrl: origin, token, signal: new AbortController().signal });

test('the stand-in’s gists come under their own addresses', async () => {
  const { standin, copy } = await world();
  await hydrate(copy, standin.origin);
  expect(statuses(copy)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(Object.values(filesIn(copy, ['sessions'])).sort()).toEqual(
    names.map((gist) => `{"gist":"${gist}"}\n`).sort(),
  );
});

test.each<[string, string]>([
  ['raw_other_bytes', 'hash_mismatch'],
  ['partial:raw', 'hash_mismatch'],
  ['empty:raw', 'hash_mismatch'],
  ['nonsense:raw', 'hash_mismatch'],
  ['cut:raw', 'error'],
  ['reset:raw', 'error'],
  ['down:raw', 'error'],
  ['raw_429', 'rate_limited'],
  ['secondary_limit:raw', 'rate_limited'],
  ['missing_all', 'gone'],
])('with its fault %s every gist ends as %s, and the next run brings all', async (fault, status) => {
  const { standin, copy } = await world([fault]);
  await hydrate(copy, standin.origin);
  expect(statuses(copy)).toEqual([status, status, status, status]);
  expect(filesIn(copy, ['sessions', 'store'])).toEqual({});
  standin.setFaults([]);
  await hydrate(copy, standin.origin);
  expect(statuses(copy)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('of gists whose files are not served, the API tells what became of them', async () => {
  const { folder, standin, copy } = await world(['missing_all:raw']);
  folder.write(`ada/edited/${name}`, 'edited\n');
  folder.write('ada/hidden/.gist.json', '{"public":false}');
  folder.remove('ada/deleted');
  await hydrate(copy, standin.origin, {}, { api: look(standin.origin) });
  expect(statuses(copy)).toEqual(['error', 'changed', 'secret', 'gone']);
  expect(statusOf(copy).at(-1)?.why).toBe('GitHub does not have it any more.');
  await hydrate(copy, standin.origin);
  expect(statuses(copy)).toEqual(['gone', 'gone', 'gone', 'gone']);
  for (const { why } of statusOf(copy)) expect(why).toMatch(/GitHub was not asked or did not say\.$/);
});

test.each(['down:gists', 'nonsense:gists', 'wrong_shape:gists', 'reset:gists', 'rate_limit:gists'])(
  'an API with the fault %s tells nothing',
  async (fault) => {
    const { standin, copy } = await world(['missing_all:raw', fault]);
    await hydrate(copy, standin.origin, {}, { api: look(standin.origin) });
    expect(statuses(copy)).toEqual(['gone', 'gone', 'gone', 'gone']);
  },
);

test('an API that limits us is left alone', async () => {
  const { standin, rows } = await world(['rate_limit:gists']);
  const ask = look(standin.origin);
  for (const { gist_id, gist_version } of rows) expect(await ask(gist_id, gist_version)).toBe('unknown');
  expect(standin.requests.filter(({ status }) => status === 403)).toHaveLength(1);
});

test('the token is sent to the API alone, and without one little is asked', async () => {
  const { standin, rows, copy } = await world(['missing_all:raw']);
  await hydrate(copy, standin.origin, {}, { api: look(standin.origin) });
  const sent = standin.requests.slice(rows.length);
  expect(
    new Set(sent.map(({ path, authorization }) => `${path.split('/')[3] ?? 'api'} ${authorization}`)),
  ).toEqual(new Set(['raw none', 'api token']));
  const unsigned = look(standin.origin, null);
  const before = standin.requests.length;
  for (let i = 0; i < 50; i += 1) await unsigned(rows[0]?.gist_id ?? '', '');
  expect(standin.requests.length - before).toBe(30);
});
