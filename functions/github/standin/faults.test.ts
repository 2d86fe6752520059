import { expect, it } from 'vitest';
import { faultNames, parseFaults } from './faults.ts';
import { standinGistId } from './ids.ts';
import { asApp, runningStandin, temporaryGists } from './testing.ts';

const id = standinGistId('ada', 'first');
const gist = `/gists/${id}`;
const raw = `/ada/${id}/raw/a.txt`;

async function faulty(...faults: string[]) {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'words' });
  return runningStandin(dir, { faults });
}

it.each([
  ['down', 500],
  ['bad_gateway', 502],
  ['rate_limit', 403],
  ['secondary_limit', 403],
  ['secondary_limit_429', 429],
  ['bad_credentials', 401],
  ['missing_all', 404],
])('%s answers %i', async (fault, status) => {
  const { get } = await faulty(fault);
  expect((await get(gist)).status).toBe(status);
});

it.each(['empty', 'nonsense', 'partial'])('%s answers 200 without JSON', async (fault) => {
  const { get } = await faulty(fault);
  const answer = await get(gist);
  expect(answer.status).toBe(200);
  await expect(answer.json()).rejects.toThrow(SyntaxError);
});

it('wrong_shape answers 200 with JSON that is no gist', async () => {
  const { getJson } = await faulty('wrong_shape');
  expect((await getJson(gist)).id).toBe(42);
});

it('the limits say when to come back', async () => {
  const { standin, get } = await faulty('secondary_limit=7');
  expect((await get(gist)).headers.get('retry-after')).toBe('7');
  standin.setFaults(['rate_limit']);
  const limited = await get(gist);
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(limited.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
});

it('hang never answers, and the stand-in can be closed all the same', async () => {
  const { standin, get } = await faulty('hang');
  const answer = get(gist);
  await expect.poll(() => standin.requests.length).toBe(1);
  await standin.close();
  await expect(answer).rejects.toThrow('fetch failed');
});

it.each(['reset', 'cut'])('%s closes the connection', async (fault) => {
  const { get } = await faulty(fault);
  await expect(get(gist).then((answer) => answer.text())).rejects.toThrow();
});

it('slow answers in the end', async () => {
  const { get } = await faulty('slow=20');
  expect((await get(gist)).status).toBe(200);
});

it('slow has not answered when a request made after it has', async () => {
  const { standin, get } = await faulty('slow=600000:raw');
  const slow = get(raw);
  expect((await get(gist)).status).toBe(200);
  expect(standin.requests.map(({ path }) => path)).toEqual([gist]);
  await standin.close();
  await expect(slow).rejects.toThrow('fetch failed');
});

it('owner_null names no owner', async () => {
  const { getJson } = await faulty('owner_null');
  expect((await getJson(gist)).owner).toBeNull();
});

it('raw files alone can be limited, or have other bytes', async () => {
  const { standin, get } = await faulty('raw_429');
  const limited = await get(raw);
  expect([limited.status, limited.headers.get('access-control-allow-origin')]).toEqual([429, '*']);
  expect((await get(gist)).status).toBe(200);
  standin.setFaults(['raw_other_bytes']);
  const spoilt = await (await get(raw)).text();
  expect(spoilt).not.toBe('words');
  expect(spoilt.startsWith('words')).toBe(true);
});

it('a fault can concern one part of GitHub only', async () => {
  const { get } = await faulty('down:raw');
  expect((await get(gist)).status).toBe(200);
  expect((await get(raw)).status).toBe(500);
});

it('faults are switched over HTTP while it runs, by JSON alone', async () => {
  const { standin, get } = await faulty();
  const post = (body: string, type: string) =>
    fetch(`${standin.origin}/_standin/faults`, { method: 'POST', headers: { 'content-type': type }, body });
  const on = await post('{"faults": ["down:gists", "slow=5:raw"]}', 'application/json');
  expect(await on.json()).toMatchObject({ faults: ['down:gists', 'slow=5:raw'], known: faultNames });
  expect((await get(gist)).status).toBe(500);
  expect((await post('{"faults": []}', 'text/plain')).status).toBe(415);
  const bad = await post('{"faults": ["nope"]}', 'application/json');
  expect([bad.status, (await bad.json()).message]).toEqual([400, expect.stringContaining('no fault "nope"')]);
  expect((await get(gist)).status).toBe(500);
  await post('{"faults": []}', 'application/json');
  expect((await get(gist)).status).toBe(200);
  expect((await fetch(`${standin.origin}/_standin/faults`, { headers: asApp })).status).toBe(200);
});

it('knows every fault it lists and no other', () => {
  expect(parseFaults(Object.keys(faultNames))).toMatchObject({ ok: true });
  for (const text of ['', 'nope', 'down:nowhere', 'slow=fast', 'toString', 'down gists']) {
    expect(parseFaults([text])).toEqual({
      ok: false,
      sentence: expect.stringContaining(`no fault "${text}"`),
    });
  }
});
