import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from './routes.ts';
import { startWorld, type Visitor, type World } from './testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
let gistId: string;
beforeAll(async () => {
  world = await startWorld();
  for (const login of ['ada', 'moderator']) world.writeGist(login, 'first', { 'session.jsonl': '{}\n' });
  [ada, moderator] = await Promise.all([world.signIn('ada'), world.signIn('moderator')]);
  gistId = (await world.submitNew(ada)).gistId;
});
afterAll(() => world.close());

/** Whom each endpoint is for. A new one has to be decided here, too. */
const who: Readonly<Record<string, 'anyone' | 'member' | 'moderator'>> = {
  'GET /api/auth/signin': 'anyone',
  'GET /api/auth/callback/github': 'anyone',
  'POST /api/auth/signout': 'anyone',
  'GET /api/me': 'member',
  'GET /api/submissions': 'member',
  'POST /api/submissions': 'member',
  'POST /api/submissions/preview': 'member',
  'GET /api/submissions/gists': 'member',
  'GET /api/submissions/news': 'member',
  'POST /api/submissions/seen': 'member',
  'GET /api/submissions/feed': 'member',
  'POST /api/submissions/feed': 'member',
  'POST /api/submissions/{gist_id}/withdraw': 'member',
  'POST /api/submissions/{gist_id}/appeal': 'member',
  'POST /api/submissions/{gist_id}/report': 'member',
  'GET /api/moderation/queue': 'moderator',
  'GET /api/moderation/statistics': 'moderator',
  'POST /api/moderation/bulk': 'moderator',
  'GET /api/moderation/{gist_id}': 'moderator',
  'POST /api/moderation/{gist_id}': 'moderator',
  'POST /api/moderation/{gist_id}/reading': 'moderator',
  'POST /api/moderation/{gist_id}/escalate': 'moderator',
  'GET /api/account': 'member',
  'GET /api/account/reports': 'member',
  'GET /api/account/sessions': 'member',
  'POST /api/account/sessions/{id}/end': 'member',
  'POST /api/account/erase': 'member',
  'GET /api/feed': 'anyone',
  'GET /api/log': 'anyone',
  'GET /api/health': 'anyone',
  'GET /api/health/live': 'anyone',
  'GET /api/health/ready': 'anyone',
  'GET /api/status': 'anyone',
};

const endpoints = Object.entries(routes).flatMap(([path, all]) =>
  all.map(({ method }) => ({ name: `${method} ${path}`, method, path })),
);

function ask({ method, path }: { method: string; path: string }, cookie = ''): Promise<Response> {
  const body = method === 'POST' ? '{}' : null;
  const headers = { cookie, 'content-type': 'application/json', accept: 'application/json' };
  return world.ask(path.replace('{gist_id}', gistId).replace('{id}', randomUUID()), {
    method,
    body,
    headers,
  });
}

test('it is decided of every endpoint whom it is for, and of no other', () => {
  expect(Object.keys(who).sort()).toEqual(endpoints.map(({ name }) => name).sort());
});

test.each(endpoints.filter(({ name }) => who[name] !== 'anyone'))(
  '$name tells and does nothing to whom it is not for',
  async (endpoint) => {
    const before = await world.everythingStored();
    const visitor = await ask(endpoint);
    expect([visitor.status, (await visitor.json()).code]).toEqual([401, 'not_signed_in']);
    const forged = await ask(endpoint, `${moderator.cookie}x`);
    expect(forged.status).toBe(401);
    if (who[endpoint.name] === 'moderator') {
      const contributor = await ask(endpoint, ada.cookie);
      expect([contributor.status, (await contributor.json()).code]).toEqual([403, 'not_moderator']);
    }
    expect(withoutSessions(await world.everythingStored())).toEqual(withoutSessions(before));
  },
);

test.each(endpoints.filter(({ method, name }) => method === 'GET' && !name.includes('/api/auth/')))(
  '$name changes nothing',
  async (endpoint) => {
    const before = await world.everythingStored();
    for (const cookie of ['', ada.cookie, moderator.cookie]) {
      expect((await ask(endpoint, cookie)).status).toBeLessThan(500);
    }
    expect(withoutSessions(await world.everythingStored())).toEqual(withoutSessions(before));
  },
);

test.each(endpoints.filter(({ name }) => name !== 'GET /api/feed'))(
  'what $name answers is kept by no cache',
  async (endpoint) => {
    for (const cookie of ['', ada.cookie, moderator.cookie]) {
      if (endpoint.path === '/api/auth/signout' && cookie !== '') continue;
      const answer = await ask(endpoint, cookie);
      expect([cookie === '', answer.headers.get('cache-control')]).toEqual([cookie === '', 'no-store']);
    }
  },
);

/** Being asked keeps a session alive, which is noted in its row, and is counted. */
const withoutSessions = (stored: string): string[] =>
  stored
    .split('\n')
    .filter((row) => !row.includes('"last_seen"') && !row.includes('"points"'))
    .sort();
