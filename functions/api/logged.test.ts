import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { claudeSession } from './testing/sessions.ts';
import { authorize, cookiePair, startWorld, type Visitor, type World } from './testing/world.ts';

let world: World;
let ada: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());

const line = z.looseObject({ time: z.union([z.number(), z.string()]), msg: z.string() });

/** What was logged while something was done, each line read as the JSON it is. */
async function loggedBy(work: () => Promise<unknown>) {
  const before = world.logged.length;
  await work();
  return world.logged.slice(before).map((text) => {
    expect(text.trimEnd()).not.toContain('\n');
    return line.parse(JSON.parse(text));
  });
}

test('who signs in, who does not and why, and who signs out is logged', async () => {
  const { rows } = await world.database.query("select id from account where login = 'ada'");
  const account_id = rows[0]?.id;
  const visitor = { login: 'ada', cookie: '' };
  const cameIn = await loggedBy(async () => {
    visitor.cookie = (await world.signIn('ada')).cookie;
  });
  expect(cameIn).toContainEqual(expect.objectContaining({ account_id, msg: 'signed in' }));

  const refused = await loggedBy(() => world.ask('/api/auth/callback/github?code=x&state=y'));
  expect(refused).toContainEqual(expect.objectContaining({ code: 'sign_in_expired', msg: 'not signed in' }));

  const out = await loggedBy(() =>
    world.ask('/api/auth/signout', {
      method: 'POST',
      headers: { cookie: visitor.cookie, 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  expect(out).toContainEqual(expect.objectContaining({ account_id, msg: 'signed out' }));
});

test('a denial is logged with its code, what was asked, and whose account it was', async () => {
  const { rows } = await world.database.query("select id from account where login = 'ada'");
  const visitor = await loggedBy(() => world.ask('/api/me'));
  expect(visitor).toContainEqual(expect.objectContaining({ code: 'not_signed_in', method: 'GET' }));
  const contributor = await loggedBy(() => ada.get('/api/moderation/queue'));
  expect(contributor).toContainEqual(
    expect.objectContaining({ code: 'not_moderator', method: 'GET', account_id: rows[0]?.id }),
  );
  const otherSite = await loggedBy(() => ada.sendForm('/api/auth/signout', {}, 'https://evil.example'));
  expect(otherSite).toContainEqual(expect.objectContaining({ code: 'cross_site', method: 'POST' }));
});

test('no credential, no session and no word of a visitor’s is logged, whatever is asked', async () => {
  const start = await world.ask('/api/auth/signin?return_to=/submit%3Fgist%3Dprivate-wish');
  const back = await authorize(start, 'ada');
  const done = await world.ask(back, { headers: { cookie: cookiePair(start) } });
  const asked = new URL(back);
  const secrets = [
    cookiePair(start).split('=')[1],
    cookiePair(done).split('=')[1],
    asked.searchParams.get('code'),
    asked.searchParams.get('state'),
    world.runtime.sessionSecret,
    'its-secret',
    'gho_',
    'private-wish',
  ];

  const key = `AKIA${'QWERTYUIOPASDFGH'}`;
  const token = `ghp_${'0123456789abcdefghijABCDEFGHIJ012345'}`;
  const gist = world.writeGist('ada', 'leaky', {
    'session.jsonl': claudeSession(`Print the tides with ${token} and ${key}.`),
  });
  await ada.submit(gist);
  const { gistId } = await world.submitNew(ada);
  await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'A word of the owner’s.' });
  await ada.post(`/api/submissions/${gistId}/report`, { reason: 'spam', text: 'A word of the reporter’s.' });
  await ada.get(`/api/feed?token=${'t'.repeat(40)}`);
  await ada.get('/api/submissions?after=a-word-in-the-query');
  world.standin.setFaults(['nonsense:gists']);
  await ada.submit(gist);
  world.standin.setFaults([]);

  const everything = world.logged.join('');
  expect(everything).toContain('signed in');
  for (const secret of [
    ...secrets,
    ada.cookie.split('=')[1],
    key,
    token,
    'Print the tides',
    'A word of',
    'a-word-in-the-query',
    'tttttttt',
  ]) {
    expect([secret, everything.includes(secret ?? 'none')]).toEqual([secret, false]);
  }
});

test.each([
  ['line breaks', '/api/moderation/x%0A%7B%22msg%22:%22signed%20in%22%7D'],
  ['a terminal’s commands', '/api/moderation/%1B%5B2J%1B%5D0;x%07'],
  ['quotes', '/api/moderation/%22,%22msg%22:%22signed%20in%22'],
])('%s in an address stay within their line', async (_, path) => {
  const lines = await loggedBy(() => world.ask(path));
  expect(lines.map(({ msg }) => msg)).toContain('refused');
  expect(lines.map(({ msg }) => msg)).not.toContain('signed in');
  expect(world.logged.join('')).not.toContain('\u001b');
  expect(world.logged.join('')).not.toContain('\u0007');
});

test('what nobody foresaw is logged with where it happened, and answered without a word of it', async () => {
  const { runtime } = world;
  const { database } = runtime;
  runtime.database = {
    ...database,
    query: () => Promise.reject(new Error('the secret of the inside: select 1')),
  };
  const answers: Response[] = [];
  const lines = await loggedBy(async () => {
    answers.push(await world.ask('/api/log'));
  });
  runtime.database = database;
  expect(lines).toContainEqual(expect.objectContaining({ level: 50, msg: 'unexpected error' }));
  expect(JSON.stringify(lines)).toContain('functions/api/log.ts');
  expect(answers[0]?.status).toBe(500);
  const told = await answers[0]?.text();
  expect(JSON.parse(told ?? '')).toMatchObject({ code: 'internal_error', status: 500 });
  expect(told).not.toMatch(/secret of the inside|select|\.ts\b|node_modules/);
});
