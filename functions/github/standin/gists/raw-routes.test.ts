import { request } from 'node:http';
import { expect, it } from 'vitest';
import { standinGistId } from '../ids.ts';
import { pathOf, runningStandin, temporaryGists } from '../testing.ts';

const id = standinGistId('ada', 'first');

/** Asks for a path as it is written; fetch would tidy up its dots first. */
function statusOfPath(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

it('serves the bytes the gist answer links to, for any page to read', async () => {
  const { dir } = temporaryGists({ 'ada/first/a ü#?.txt': 'words\n' });
  const { get, getJson } = await runningStandin(dir);
  const gist = await getJson(`/gists/${id}`);
  const raw = await get(pathOf(gist.files['a ü#?.txt'].raw_url), {});
  expect(await raw.text()).toBe('words\n');
  expect(Object.fromEntries(raw.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'cache-control': 'max-age=300',
  });
  const again = await get(pathOf(gist.files['a ü#?.txt'].raw_url), {
    'if-none-match': raw.headers.get('etag') ?? '',
  });
  expect(again.status).toBe(304);
});

it('keeps serving the old bytes under their own address after an edit', async () => {
  const { dir, write } = temporaryGists({ 'ada/first/a.txt': 'old' });
  const { get, getJson } = await runningStandin(dir);
  const before = await getJson(`/gists/${id}`);
  write('ada/first/a.txt', 'new');
  await getJson(`/gists/${id}`);
  expect(await (await get(pathOf(before.files['a.txt'].raw_url))).text()).toBe('old');
  expect(await (await get(`/ada/${id}/raw/${before.history[0].version}/a.txt`)).text()).toBe('old');
  expect(await (await get(`/ada/${id}/raw/a.txt`)).text()).toBe('new');
  expect(await (await get(`/ada/${id}/raw`)).text()).toBe('new');
});

it('has nothing outside the gist, however the path is written', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a', 'ada/second/b.txt': 'b', 'secret.txt': 's' });
  const { standin } = await runningStandin(dir);
  const sha = '2e65efe2a145dda7ee51d1741299f848e5bf752e';
  expect(await statusOfPath(standin.port, `/ada/${id}/raw/a.txt`)).toBe(200);
  for (const name of [
    '../second/b.txt',
    '..%2Fsecond%2Fb.txt',
    '%2e%2e/b.txt',
    '..',
    '.gist.json',
    '%00',
    '%E0%A4',
  ]) {
    expect(await statusOfPath(standin.port, `/ada/${id}/raw/${sha}/${name}`)).toBe(404);
    expect(await statusOfPath(standin.port, `/ada/${id}/raw/${name}`)).toBe(404);
  }
  expect(await statusOfPath(standin.port, `/bo/${id}/raw/a.txt`)).toBe(404);
  expect(await statusOfPath(standin.port, '/gists/..%2F..%2Fsecret.txt')).toBe(404);
  expect(await statusOfPath(standin.port, '/users/..%2Fada')).toBe(404);
});

it('refuses files over 10 MB', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': Buffer.alloc(10 * 1024 * 1024 + 1, 'a') });
  const { get } = await runningStandin(dir);
  expect((await get(`/ada/${id}/raw/a.txt`)).status).toBe(403);
});

it('answers no other name than its own, so that no page can reach it by rebinding', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { standin } = await runningStandin(dir);
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'elsewhere.example' };
    request({ host: '127.0.0.1', port: standin.port, path: `/gists/${id}`, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
