import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { devFolder, startDev } from './testing.ts';
import { signInAs, type Visitor } from './visitor.ts';

const login = 'hasty';
const submission = z.object({
  gist_id: z.string(),
  state: z.string(),
  files: z.array(z.object({ raw_url: z.string() })),
  history: z.array(z.object({ move: z.string() })),
});
const list = z.object({ items: z.array(submission), next: z.string().nullable() });
const submitted = z.object({ gist_id: z.string() });

async function writeGists(gists: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const folder = join(gists, login, `session-${n}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'session.jsonl'), `{"type":"user","n":${n}}\n`);
  }
}

/** The ids of the account's gists, as the site's GitHub has them. */
async function gistIds(signIn: string): Promise<string[]> {
  const start = await fetch(signIn, { redirect: 'manual' });
  const { origin } = new URL(start.headers.get('location') ?? '');
  const answer = await fetch(`${origin}/users/${login}/gists?per_page=100`);
  return z
    .array(z.object({ id: z.string() }))
    .parse(await answer.json())
    .map(({ id }) => id);
}

const submit = (visitor: Visitor, id: string) =>
  visitor.post('/api/submissions', { gist_url: id, license: 'MIT', attested: true });

async function allSubmissions(visitor: Visitor): Promise<z.infer<typeof submission>[]> {
  const first = list.parse(await (await visitor.get('/api/submissions')).json());
  if (first.next === null) return first.items;
  const rest = await visitor.get(`/api/submissions?after=${encodeURIComponent(first.next)}`);
  return [...first.items, ...list.parse(await rest.json()).items];
}

test('development killed amid 50 submissions keeps every one it answered, once and whole', async () => {
  const folder = await devFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeGists(join(folder, 'gists'), 60);

  const first = await startDev(folder);
  const before = await signInAs(login, first.url);
  const ids = await gistIds(`${first.url}/api/auth/signin`);
  expect(ids).toHaveLength(60);
  const answered: string[] = [];
  let killed: Promise<void> | undefined;
  const sent = ids.slice(0, 50).map(async (id) => {
    const answer = await submit(before, id);
    if (answer.status !== 201) throw new Error(`a submission was answered with ${answer.status}`);
    answered.push(submitted.parse(await answer.json()).gist_id);
    if (answered.length === 10) killed = first.kill();
  });
  await Promise.allSettled(sent);
  await killed;
  expect(answered.length).toBeGreaterThanOrEqual(10);
  expect(answered.length).toBeLessThan(50);

  const second = await startDev(folder);
  onTestFinished(() => second.stop());
  const after = await signInAs(login, second.url);
  const kept = await allSubmissions(after);
  const keptIds = kept.map((item) => item.gist_id);
  expect(new Set(keptIds).size).toBe(keptIds.length);
  expect(keptIds).toEqual(expect.arrayContaining(answered));
  for (const { state, history } of kept) {
    expect({ state, moves: history.map(({ move }) => move) }).toEqual({
      state: 'pending',
      moves: ['submit'],
    });
  }

  const raw = kept[0]?.files[0]?.raw_url ?? '';
  expect((await fetch(raw)).status, 'the address of a file from before').toBe(200);

  // Whoever got no answer asks again, and is in the index once.
  const statuses = await Promise.all(ids.map(async (id) => (await submit(after, id)).status));
  expect(statuses).toEqual(ids.map((id) => (keptIds.includes(id) ? 409 : 201)));
  const all = await allSubmissions(after);
  expect(all.map((item) => item.gist_id).sort()).toEqual(ids.toSorted());
});
