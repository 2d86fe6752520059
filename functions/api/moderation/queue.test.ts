import { afterAll, beforeAll, expect, test } from 'vitest';
import { undecided } from '#domain/queue.ts';
import { claudeSession, declarationOf } from '../testing/sessions.ts';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let grace: Visitor;
let moderator: Visitor;
let second: Visitor;
/** Gist ids by what was done to them. */
const gists: Record<string, string> = {};

interface Item {
  gist_id: string;
  waiting: string;
  flags: string[];
  agent: string | null;
  total_bytes: number;
  submitted_at: string;
  duplicates: { gist_id: string; same: string[] }[];
  contributor: Record<string, unknown>;
}

beforeAll(async () => {
  world = await startWorld({ moderators: ['moderator', 'second'] });
  for (const login of ['ada', 'grace', 'moderator']) world.writeGist(login, 'first', { 'a.txt': 'a\n' });
  [ada, grace, moderator, second] = await Promise.all([
    world.signIn('ada'),
    world.signIn('grace'),
    world.signIn('moderator'),
    world.signIn('second'),
  ]);
  const session = claudeSession('Print the tides.');
  const other = session.replaceAll('7d0b2f5e', '8e1c3a6f').replaceAll('Print', 'Draw');
  await offer('plain', ada, { 'notes.txt': 'No session.\n' });
  await offer('session', ada, { 'session.jsonl': session });
  await offer('again', grace, { 'again.jsonl': session });
  await offer('declared', grace, {
    'other.jsonl': other,
    'openagentsessions.json': declarationOf({ license: 'MIT' }),
  });
  await offer('contradicted', ada, {
    'more.txt': 'x\n'.repeat(5000),
    'openagentsessions.json': declarationOf({ consent_confirmed: false }),
  });
  await offer('broken', ada, { 'b.txt': 'b\n', 'openagentsessions.json': '{' });
  await offer('mail', grace, { 'mail.txt': 'Write to grace.brewster@tides-office.net about it.\n' });
  await offer('own', moderator, { 'own.txt': 'Mine.\n' });

  const answered = await offer('answered', grace, { 'answered.txt': 'a\n' });
  await moderator.decide(answered.gistId, {
    decision: 'reject',
    revision: answered.revision,
    reason: 'spam',
  });
  await grace.post(`/api/submissions/${answered.gistId}/appeal`, { text: 'It is none.' });

  for (const name of ['quarantined', 'reported', 'suspected']) {
    const { gistId, revision } = await offer(name, ada, { [`${name}.txt`]: `${name}\n` });
    await moderator.decide(gistId, { decision: 'approve', revision });
  }
  const report = { reason: 'secret' };
  await grace.post(`/api/submissions/${gists.quarantined}/report`, report);
  // One row a day in an index this small.
  await second.post(`/api/submissions/${gists.reported}/report`, report);
  await suspect(gists.suspected ?? '');
  const rejected = await offer('rejected', ada, { 'rejected.txt': 'r\n' });
  await moderator.decide(rejected.gistId, {
    decision: 'reject',
    revision: rejected.revision,
    reason: 'spam',
  });
});
afterAll(() => world.close());

async function offer(name: string, who: Visitor, files: Record<string, string>) {
  const gistId = world.writeGist(who.login, name, files);
  const { status, body } = await who.submit(gistId);
  if (status !== 201) throw new Error(`${name}: ${body.code} ${body.detail}`);
  gists[name] = gistId;
  return { gistId, revision: String(body.revision) };
}

/** As a job leaves an approved row in which newer rules find a secret. */
async function suspect(gistId: string): Promise<void> {
  await world.database.query(
    `with head as (update log_head set seq = seq + 1 returning seq), logged as (
       insert into moderation_log (seq, gist_id, move, from_state, to_state, revision, reason, kind)
       select seq, gist_id, 'suspect', 'approved', 'changed', revision, 'secret', 'suspended'
         from submission, head where gist_id = $1
     )
     update submission set state = 'changed', presence = 'suspended', last_seq = seq from head where gist_id = $1`,
    [gistId],
  );
}

async function asked(query: string, who = moderator): Promise<Item[]> {
  const { status, body } = await who.get(`/api/moderation/queue?${query}`);
  expect(status).toBe(200);
  return body.items as Item[];
}

const names = (items: readonly Item[]) =>
  items.map((item) => Object.keys(gists).find((name) => gists[name] === item.gist_id)).sort();

const waiting: Record<string, string[]> = {
  new: ['again', 'broken', 'contradicted', 'declared', 'mail', 'own', 'plain', 'session'],
  changed: ['suspected'],
  appealed: ['answered'],
  reported: ['quarantined', 'reported'],
};

test.each(undecided)('what waits as %s is asked for by that word, and counted', async (word) => {
  const items = await asked(`waiting=${word}`);
  expect(names(items)).toEqual(waiting[word]);
  expect(new Set(items.map((item) => item.waiting))).toEqual(new Set([word]));
  const { body } = await moderator.get('/api/moderation/queue?waiting=new&flag=own');
  expect(body.counts).toMatchObject({ [word]: waiting[word]?.length });
});

test('everything together is each row once', async () => {
  expect(names(await asked(''))).toEqual(Object.values(waiting).flat().sort());
});

test.each([
  ['own', ['own']],
  ['suspected', ['suspected']],
  ['personal', ['mail']],
  ['declaration_problem', ['broken']],
  ['contradiction', ['contradicted', 'declared']],
  ['duplicate', ['again', 'session']],
  ['secret', []],
  ['declared_false', []],
  ['escalated', []],
])('the flag %s is on the rows it is asked for by, and on no others', async (flag, wanted) => {
  expect(names(await asked(`flag=${flag}`))).toEqual(wanted);
  const all = await asked('');
  expect(names(all.filter((item) => item.flags.includes(flag)))).toEqual(wanted);
});

test('each row is found under its agent, or under none', async () => {
  expect(names(await asked('agent=claude-code'))).toEqual(['again', 'declared', 'session']);
  const without = await asked('agent=none');
  expect(new Set(without.map(({ agent }) => agent))).toEqual(new Set([null]));
  expect(without.length + 3).toBe(Object.values(waiting).flat().length);
  expect(await asked('agent=codex')).toEqual([]);
});

test('filters narrow each other, and empty fields of a form ask for nothing', async () => {
  expect(names(await asked('waiting=new&agent=claude-code&flag=duplicate&sort='))).toEqual([
    'again',
    'session',
  ]);
  expect(await asked('waiting=changed&agent=claude-code')).toEqual([]);
  expect(await asked('waiting=&agent=&flag=&sort=&after=')).toHaveLength(
    Object.values(waiting).flat().length,
  );
});

test('another submission of the same session is shown with what is the same', async () => {
  const [session] = await asked('flag=duplicate&sort=oldest');
  expect(session?.duplicates).toEqual([
    {
      gist_id: gists.again,
      title: 'again.jsonl',
      state: 'pending',
      owner_login: 'grace',
      same: ['session_id', 'content_key'],
    },
  ]);
});

test('a withdrawn submission is nobody’s duplicate', async () => {
  const gistId = world.writeGist('grace', 'third', { 'third.jsonl': claudeSession('Print the tides.') });
  await grace.submit(gistId);
  const likeSession = async () => {
    const { body } = await moderator.get(`/api/moderation/${gists.session}`);
    return (body.duplicates as Item['duplicates']).map((duplicate) => duplicate.gist_id);
  };
  expect(await likeSession()).toEqual([gists.again, gistId]);
  await grace.post(`/api/submissions/${gistId}/withdraw`);
  expect(await likeSession()).toEqual([gists.again]);
});

test('the contributor’s record counts all their gists', async () => {
  const { body } = await moderator.get(`/api/moderation/${gists.plain}`);
  expect(body.contributor).toEqual({
    since: expect.stringMatching(/Z$/),
    submissions: 8,
    approved: 1,
    rejected: 1,
    removed: 0,
    withdrawn: 0,
    pending: 4,
  });
});

test('what a session holds is told in numbers', async () => {
  const { body } = await moderator.get(`/api/moderation/${gists.session}`);
  expect(body).toMatchObject({
    user_messages: 1,
    assistant_messages: 1,
    tool_calls: 0,
    agent: 'claude-code',
  });
});

test('the same queue is another one’s own under the flag', async () => {
  expect(await asked('flag=own', second)).toEqual([]);
});

test('the case knows what is before and after it in the queue, oldest first', async () => {
  const order = (await asked('')).map((item) => item.gist_id);
  for (const [i, gistId] of order.entries()) {
    const { body } = await moderator.get(`/api/moderation/${gistId}`);
    expect(body.position).toEqual({ previous: order[i - 1] ?? null, next: order[i + 1] ?? null });
  }
  const { body } = await moderator.get(`/api/moderation/${gists.rejected}`);
  expect(body).toMatchObject({ waiting: null, position: { previous: order.at(-1), next: null } });
});

test.each([
  'waiting=old',
  'waiting=new&waiting=old',
  'agent=gpt',
  'agent=claude-code%00',
  "flag=secret'%20or%20true--",
  'flag=constructor',
  'sort=submitted_at',
  'sort=OLDEST',
  'after=nonsense',
  `after=${'a'.repeat(2000)}`,
  `after=${encode({ sort: 'oldest', key: 1, gist_id: 'a' })}`,
  `after=${encode({ sort: 'largest', key: '2026-01-01T00:00:00.000Z', gist_id: 'a' })}`,
  `after=${encode({ sort: 'oldest', key: '2026-01-01T00:00:00.000Z', gist_id: "'" })}`,
  `after=${encode({ sort: 'oldest', key: '2026-01-01T00:00:00.000Z', gist_id: 'a', flag: 'x' })}`,
  `after=${encode({ sort: 'oldest', key: '2026-01-01T00:00:00.000Z', gist_id: 'a' })}&sort=newest`,
  `after=${encode({ sort: 'oldest', key: '2026-01-01T00:00:00.000Z', gist_id: 'a' })}&flag=own`,
  `after=${encode({ sort: 'largest', key: 1e300, gist_id: 'a' })}`,
  `after=${Buffer.from('null').toString('base64url')}`,
])('%s is a bad request', async (query) => {
  const { status, body } = await moderator.get(`/api/moderation/queue?${query}`);
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'bad_request' });
});

function encode(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

test.each([
  ['oldest', 'submitted_at', 1],
  ['newest', 'submitted_at', -1],
  ['largest', 'total_bytes', -1],
  ['smallest', 'total_bytes', 1],
] as const)('sorted by %s, every page goes on where the last one ended', async (sort, column, sign) => {
  // Many of one size and one time: the gist's id decides then.
  await world.database.query(
    `insert into submission (gist_id, record_id, account_id, gist_url, node_id, owner_id, owner_login, title, files,
       total_bytes, revision, gist_updated_at, license, attestation_version, state, last_seq, submitted_at, verified_at)
     select 'feed' || n, n, account_id, gist_url, n, owner_id, owner_login, title, files, n % 3, revision,
            gist_updated_at, license, attestation_version, 'pending', 0,
            date_trunc('milliseconds', submitted_at) + n % 2 * interval '1 hour', verified_at
       from submission, generate_series(1, 120) as n where gist_id = $1
     on conflict do nothing`,
    [gists.plain],
  );
  const seen: Item[] = [];
  let path: string | null = `/api/moderation/queue?waiting=new&sort=${sort}`;
  while (path !== null) {
    const { body } = await moderator.get(path);
    seen.push(...(body.items as Item[]));
    path = body.next === null ? null : `/api/moderation/queue?after=${body.next}`;
  }
  expect(seen).toHaveLength(128);
  expect(new Set(seen.map((item) => item.gist_id)).size).toBe(128);
  const keys = seen.map((item) => [item[column], item.gist_id] as const);
  const sorted = keys.toSorted(([a, x], [b, y]) => sign * (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  expect(keys).toEqual(sorted);
});
