import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { startWorld, type Visitor, type World } from '../../functions/api/testing/world.ts';
import { endOf } from '../testing.ts';

/** The site twice, four parts of the recheck and the export, each a process of its own, on one PostgreSQL. */

const siteProcess = join(import.meta.dirname, '../../functions/api/testing/site-process.ts');
const owners = ['otto', 'wilma', 'yusuf', 'priya', 'tomas'];
let world: World;
let folder: string;
const children: ChildProcess[] = [];
let sites: string[];

beforeAll(async () => {
  if (!realServer) return;
  folder = mkdtempSync(join(tmpdir(), 'openagentsessions-together-'));
  world = await startWorld();
  sites = await Promise.all([startSite(), startSite()]);
}, 120_000);

afterAll(async () => {
  if (!realServer) return;
  for (const child of children) child.kill('SIGKILL');
  await world.close();
  rmSync(folder, { recursive: true });
});

async function startSite(): Promise<string> {
  const { siteUrl, sessionSecret, moderatorIds } = world.runtime;
  const { site, standin } = world;
  const order = {
    databaseUrl: site.url,
    github: standin.origin,
    siteUrl,
    sessionSecret,
    moderatorIds: [...moderatorIds],
  };
  const child = spawn(process.execPath, [siteProcess, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [address] = await once(child.stdout, 'data');
  return String(address).trim();
}

/** Posts the same to both processes at the same moment. Returns the statuses, lowest first. */
async function postToBoth({ cookie }: Visitor, path: string, body: object): Promise<number[]> {
  const headers = { cookie, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const answers = await Promise.all(sites.map((site) => fetch(site + path, init)));
  return answers.map(({ status }) => status).sort();
}

async function runJob(name: 'recheck' | 'export', args: string[]): Promise<number> {
  const { origin } = world.standin;
  const env = {
    DATABASE_URL: world.jobs.url,
    GITHUB_API_TOKEN: 'of-the-recheck',
    GITHUB_API_URL: origin,
    GITHUB_GRAPHQL_URL: `${origin}/graphql`,
    GIST_RAW_URL: origin,
  };
  const { code } = await endOf(name, args, { cwd: folder, env });
  return code;
}

async function movesOf(move: string): Promise<number> {
  const { rows } = await world.database.query('select from moderation_log where move = $1', [move]);
  return rows.length;
}

const output = () => ['--output', join(folder, 'dataset')];
const revisionOf = (gistId: string) =>
  world.database
    .query<{ revision: string }>('select revision from submission where gist_id = $1', [gistId])
    .then(({ rows }) => rows[0]?.revision);

test.skipIf(!realServer)(
  'what two processes are asked at once is done once, while jobs go on',
  async () => {
    const write = (owner: string, n: number, text: string) =>
      world.writeGist(owner, `gist-${n}`, { 'session.jsonl': `{"text":"${text}"}\n` });
    const gists = owners.flatMap((owner, o) =>
      [0, 1, 2, 3].map((n) => ({ owner, n, id: write(owner, o * 4 + n, 'first') })),
    );
    const visitors = new Map<string, Visitor>();
    for (const owner of owners) visitors.set(owner, await world.signIn(owner));
    const moderator = await world.signIn('moderator');
    const offer = async (all: typeof gists) => {
      for (const { owner, id } of all) {
        const visitor = visitors.get(owner);
        if (!visitor) throw new Error(`${owner} has not signed in`);
        const body = { gist_url: id, license: 'CC0-1.0', attested: true };
        expect(await postToBoth(visitor, '/api/submissions', body)).toEqual([201, 409]);
      }
    };
    const approve = async (all: typeof gists) => {
      for (const { id } of all) {
        const decision = { decision: 'approve', revision: await revisionOf(id) };
        expect(await postToBoth(moderator, `/api/moderation/${id}`, decision)).toEqual([200, 409]);
      }
    };
    const early = gists.slice(0, 12);
    const late = gists.slice(12);
    await offer(early);
    await approve(early);
    // Edited, so that a recheck has something to do.
    const edited = early.slice(0, 3);
    for (const { owner, id } of edited)
      write(
        owner,
        gists.findIndex((gist) => gist.id === id),
        'second',
      );

    const shards = [1, 2, 3, 4].map((n) => runJob('recheck', ['--shard', `${n}/4`]));
    const [codes] = await Promise.all([
      Promise.all([...shards, runJob('export', output())]),
      offer(late).then(() => approve(late)),
    ]);
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    expect(await movesOf('submit')).toBe(gists.length);
    expect(await movesOf('approve')).toBe(gists.length);
    expect(await movesOf('edit')).toBe(edited.length);

    expect(await runJob('export', output())).toBe(0);
    const urls = readFileSync(join(folder, 'dataset/latest/urls.txt'), 'utf8').trim().split('\n');
    const listed = gists.filter((gist) => !edited.includes(gist)).map(({ id }) => id);
    expect(urls.map((url) => url.split('/').at(-1)).sort()).toEqual(listed.sort());
  },
  180_000,
);

test.skipIf(!realServer)('a session that ended at one process has ended at the other', async () => {
  const { cookie } = await world.signIn('otto');
  const statusAt = (site: string) =>
    fetch(`${site}/api/me`, { headers: { cookie } }).then(({ status }) => status);
  expect(await Promise.all(sites.map(statusAt))).toEqual([200, 200]);
  await fetch(`${sites[0]}/api/auth/signout`, { method: 'POST', headers: { cookie } });
  expect(await Promise.all(sites.map(statusAt))).toEqual([401, 401]);
});

test.skipIf(!realServer)('a limit is one limit, whichever process is asked', async () => {
  const { cookie } = await world.signIn('visitor');
  const headers = { cookie, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify({ gist_url: 'none' }) };
  const statuses: number[] = [];
  for (let n = 0; n < 300 && !statuses.includes(429); n += 1) {
    statuses.push((await fetch(`${sites[n % 2]}/api/submissions/preview`, init)).status);
  }
  expect(statuses.at(-1)).toBe(429);
  // Never below 60 a minute; two processes that counted apart would have let twice as many in.
  expect(statuses.length).toBeGreaterThan(60);
  expect(statuses.length).toBeLessThan(180);
  expect((await fetch(`${sites[statuses.length % 2]}/api/submissions/preview`, init)).status).toBe(429);
});
