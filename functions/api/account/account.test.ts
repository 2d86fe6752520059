import { afterAll, beforeAll, expect, test } from 'vitest';
import { planMove } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { eraseAccount } from '#sql/queries/erasure.ts';
import { findInspection } from '#sql/queries/inspections.ts';
import { findSubmission, moveSubmission } from '#sql/queries/moves.ts';
import { dispatch } from '../../http/dispatch.ts';
import { routes } from '../routes.ts';
import { recordOffer } from '../submissions/record-offer.ts';
import { noticeLeft, startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  for (const login of ['lovelace', 'grace', 'edsger', 'barbara', 'tony']) {
    world.writeGist(login, 'first', { 'session.jsonl': '{}\n' });
  }
  moderator = await world.signIn('moderator');
});
afterAll(() => world.close());

interface Copy {
  account: Record<string, unknown>;
  sessions: unknown[];
  reports_filed: unknown[];
  submissions: Record<string, unknown>[];
  moves_elsewhere: unknown[];
}
const copyOf = async (visitor: Visitor) => (await visitor.get('/api/account')).body as unknown as Copy;

interface SessionItem {
  id: string;
  current: boolean;
}
const sessionsOf = async (visitor: Visitor) =>
  (await visitor.get('/api/account/sessions')).body.items as SessionItem[];

async function standing(gistId: string): Promise<unknown> {
  const { rows } = await world.database.query(
    'select state, presence, owner_id, owner_login, title from submission where gist_id = $1',
    [gistId],
  );
  return rows[0];
}
const nobody = { owner_id: null, owner_login: '', title: '' };

test('the copy holds what every table has of an account, and nothing of who else is in them', async () => {
  const grace = await world.signIn('grace');
  const edsger = await world.signIn('edsger');
  await grace.post('/api/submissions/feed', { action: 'create' });
  const { gistId, revision } = await world.submitNew(grace);
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'spam', note: 'Is it a session?' });
  await grace.post(`/api/submissions/${gistId}/appeal`, { text: 'It is one.' });
  await edsger.post(`/api/submissions/${gistId}/report`, {
    reason: 'other',
    text: 'Edsger saw it elsewhere.',
  });
  const other = await world.submitNew(edsger);
  await grace.post(`/api/submissions/${other.gistId}/report`, { reason: 'spam', text: 'Grace is sure.' });

  const answer = await grace.get('/api/account');
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  const copy = answer.body as unknown as Copy;
  expect(copy.account).toMatchObject({ login: 'grace', feed_id: expect.any(String) });
  expect(copy.sessions).toHaveLength(1);
  expect(copy.reports_filed).toMatchObject([{ gist_id: other.gistId, text: 'Grace is sure.' }]);
  expect(copy.submissions).toMatchObject([
    {
      gist_id: gistId,
      owner_login: 'grace',
      inspections: [{ revision }],
      moves: [
        { move: 'submit', by_you: true },
        { move: 'reject', by_you: false, note: 'Is it a session?' },
        { move: 'appeal', by_you: true, note: 'It is one.' },
        { move: 'quarantine', by_you: false },
      ],
      reports: [{ reason: 'other' }],
    },
  ]);
  expect(JSON.stringify(copy)).not.toMatch(/edsger/i);
  const decided = await copyOf(moderator);
  expect(decided.moves_elsewhere).toMatchObject([{ move: 'reject', note: 'Is it a session?' }]);
  await moderator.decide(gistId, { decision: 'clear', revision });
});

/** Tables in which nothing can be of one account, and why. */
const ofNobody: Readonly<Record<string, string>> = {
  backup_run: 'how much a backup has',
  log_head: 'a number',
  migration: 'what was done to the tables',
  rate_limit: 'requests of one minute, by a key, for a day at most',
  recheck_run: 'what a job did',
  sign_in: 'a sign-in that knows no account yet, for ten minutes',
  snapshot: 'what was exported',
};
const copied = [
  'account',
  'escalation',
  'inspection',
  'moderation_log',
  'note',
  'reader',
  'report',
  'session',
  'submission',
];

test('every table is either in the copy or holds nothing of an account', async () => {
  const { rows } = await world.database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const known = [...copied, ...Object.keys(ofNobody)];
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

test('an account of more submissions than are read at once is copied whole', async () => {
  const tony = await world.signIn('tony');
  const { gistId } = await world.submitNew(tony);
  const columns = `record_id, account_id, owner_id, owner_login, gist_url, node_id, title, files, total_bytes, revision,
    gist_updated_at, license, attestation_version, state, last_seq, submitted_at, verified_at`;
  await world.database.query(
    `insert into submission (gist_id, ${columns})
     select md5(n::text), ${columns.replace('record_id', "'copy ' || n")} from submission, generate_series(1, 120) n
      where gist_id = $1`,
    [gistId],
  );
  const { submissions } = await copyOf(tony);
  expect(new Set(submissions.map((row) => row.gist_id)).size).toBe(121);
  await tony.post('/api/account/erase', { login: 'tony' });
  expect(await world.everythingStored()).not.toContain('"tony"');
});

test('one sees where one is signed in, and ends the other session, or this one', async () => {
  const here = await world.signIn('barbara');
  const there = await world.signIn('barbara');
  const listed = await sessionsOf(here);
  expect(listed.map(({ current }) => current).sort()).toEqual([false, true]);
  const other = listed.find(({ current }) => !current)?.id;
  const ended = await here.sendForm(`/api/account/sessions/${other}/end`, {});
  expect([ended.status, ended.headers.get('location')]).toEqual([303, '/account']);
  expect(noticeLeft(ended, world.runtime)?.code).toBe('session_ended');
  expect((await there.get('/api/me')).status).toBe(401);
  expect((await here.get('/api/me')).status).toBe(200);

  const [own] = await sessionsOf(here);
  expect((await here.post(`/api/account/sessions/${own?.id}/end`)).status).toBe(204);
  expect((await here.get('/api/me')).status).toBe(401);
});

test('nobody ends a session of another account', async () => {
  const barbara = await world.signIn('barbara');
  const edsger = await world.signIn('edsger');
  const [own] = await sessionsOf(barbara);
  for (const id of [own?.id, 'nonsense', crypto.randomUUID()]) {
    const answer = await edsger.post(`/api/account/sessions/${id}/end`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  expect((await barbara.get('/api/me')).status).toBe(200);
});

test('an account is erased only when its login is typed', async () => {
  const edsger = await world.signIn('edsger');
  for (const body of [{}, { login: '' }, { login: 'grace' }]) {
    expect(await edsger.post('/api/account/erase', body)).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    });
  }
  expect((await edsger.get('/api/me')).status).toBe(200);
});

test('after an erasure nothing stored names the account or says what its gists were', async () => {
  const ada = await world.signIn('lovelace');
  const elsewhere = await world.signIn('lovelace');
  const edsger = await world.signIn('edsger');
  await ada.post('/api/submissions/feed', { action: 'create' });
  const id = String((await ada.get('/api/me')).body.id);
  const named = () =>
    world.writeGist('lovelace', `analytical-${crypto.randomUUID()}`, {
      'analytical.jsonl': '{}\n',
      '.gist.json': JSON.stringify({ description: 'The analytical engine' }),
    });
  const submitted = async () => {
    const gistId = named();
    const { body } = await ada.submit(gistId);
    return { gistId, revision: String(body.revision) };
  };
  const states = {
    pending: await submitted(),
    approved: await submitted(),
    rejected: await submitted(),
    removed: await submitted(),
    quarantined: await submitted(),
    withdrawn: await submitted(),
  };
  const { approved, rejected, removed, quarantined, withdrawn } = states;
  await moderator.decide(approved.gistId, { decision: 'approve', revision: approved.revision });
  await moderator.decide(quarantined.gistId, { decision: 'approve', revision: quarantined.revision });
  const refusal = { decision: 'reject', reason: 'spam', note: 'Analytical spam.' };
  await moderator.decide(rejected.gistId, { ...refusal, revision: rejected.revision });
  await moderator.decide(removed.gistId, { ...refusal, decision: 'remove', revision: removed.revision });
  await ada.post(`/api/submissions/${withdrawn.gistId}/withdraw`);
  await moderator.post(`/api/moderation/${states.pending.gistId}/reading`);
  await world.database.query('delete from report; alter table moderation_log disable trigger user');
  await world.database.query(
    "update moderation_log set at = at - interval '2 days' where move = 'quarantine'",
  );
  await world.database.query('alter table moderation_log enable trigger user');
  const report = { reason: 'personal_data', text: 'The analytical address of Lovelace.' };
  const hidden = await edsger.post(`/api/submissions/${quarantined.gistId}/report`, report);
  expect(hidden.body.quarantined).toBe(true);
  const other = await world.submitNew(edsger);
  await ada.post(`/api/submissions/${other.gistId}/report`, { reason: 'spam', text: 'Says analytical me.' });
  expect(await world.everythingStored()).toMatch(/lovelace/i);

  const erased = await ada.sendForm('/api/account/erase', { login: ' LoveLace ' });
  expect([erased.status, erased.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(noticeLeft(erased, world.runtime)?.code).toBe('erased');
  expect((await ada.get('/api/me')).status).toBe(401);
  expect((await elsewhere.get('/api/me')).status).toBe(401);

  const stored = await world.everythingStored();
  expect(stored).not.toMatch(/lovelace|analytical/i);
  expect(stored).not.toContain(id);
  expect(await standing(approved.gistId)).toEqual({ state: 'withdrawn', presence: 'departed', ...nobody });
  expect(await standing(quarantined.gistId)).toEqual({ state: 'withdrawn', presence: 'departed', ...nobody });
  expect(await standing(states.pending.gistId)).toEqual({ state: 'withdrawn', presence: 'never', ...nobody });
  expect(await standing(removed.gistId)).toEqual({ state: 'removed', presence: 'never', ...nobody });

  const { body } = await edsger.get('/api/account/reports');
  expect(body.items).toMatchObject([{ gist_id: quarantined.gistId, standing: 'left', text: '' }]);
  const log = JSON.stringify((await world.ask('/api/log').then((answer) => answer.json())).items);
  expect(log).toContain(approved.gistId);
  expect(log).not.toContain('leave');
  for (const { gistId, revision } of [removed, approved]) {
    expect(await moderator.get(`/api/moderation/${gistId}`)).toMatchObject({ status: 404 });
    expect(await moderator.decide(gistId, { decision: 'reopen', revision })).toMatchObject({ status: 404 });
  }

  // Back again: another account, which may offer what it took out, and not what a moderator took out.
  const back = await world.signIn('lovelace');
  expect((await back.get('/api/submissions')).body.items).toEqual([]);
  expect(await back.submit(approved.gistId)).toMatchObject({ status: 201, body: { state: 'pending' } });
  expect(await back.submit(removed.gistId)).toMatchObject({ status: 409, body: { code: 'removed_earlier' } });
  expect(await back.get('/api/submissions')).toMatchObject({
    body: { items: [{ gist_id: approved.gistId }] },
  });
  expect(await moderator.get(`/api/moderation/${approved.gistId}`)).toMatchObject({
    body: { owner_login: 'lovelace', state: 'pending' },
  });
});

test('an account that did nothing leaves no row at all', async () => {
  const count = 'select count(*)::int as n from account';
  const before = await world.database.query(count);
  const visitor = await world.signIn('visitor');
  await visitor.post('/api/account/erase', { login: 'visitor' });
  expect((await world.database.query(count)).rows).toEqual(before.rows);
});

test('a submission whose gist was being read while its account was erased is refused and stores nothing', async () => {
  const edsger = await world.signIn('edsger');
  const { gistId, revision } = await world.submitNew(edsger);
  const row = await findSubmission(world.database, gistId);
  const found = await findInspection(world.database, gistId, revision);
  if (!row?.ownerId || !row.license || !row.attestationVersion || !found)
    throw new Error('it was not submitted');
  await edsger.post('/api/account/erase', { login: 'edsger' });
  const late = await recordOffer(
    world.database,
    { ...row, ownerId: row.ownerId, license: row.license },
    found.inspection,
  );
  expect(late).toMatchObject({ ok: false, code: 'not_signed_in' });
  expect(await world.everythingStored()).not.toContain('edsger');
});

test('a move planned before an erasure is planned again, and brings nothing back', async () => {
  const grace = await world.signIn('grace');
  const { gistId, revision } = await world.submitNew(grace);
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'spam' });
  const stale = await findSubmission(world.database, gistId);
  if (!stale) throw new Error('it was not submitted');
  await grace.post('/api/account/erase', { login: 'grace' });
  let plans = 0;
  const moved = await moveSubmission(world.database, gistId, (row) => {
    plans += 1;
    const planned = plans === 1 ? planMove('reopen', stale) : refuse('not_found');
    expect(plans === 1 || row?.ownerId === null).toBe(true);
    return planned.ok ? ok({ planned: planned.value, accountId: null, reason: null, note: null }) : planned;
  });
  expect([moved.ok, plans]).toEqual([false, 2]);
  expect(await standing(gistId)).toEqual({ state: 'removed', presence: 'never', ...nobody });
});

/** Asks as this visitor, whose account is erased after they were let in and before anything is written. */
async function askLate(visitor: Visitor, path: string, body: object): Promise<Response> {
  const { database } = world.runtime;
  const { rows } = await world.database.query<{ id: string }>('select id from account where login = $1', [
    visitor.login,
  ]);
  const erased = async () => {
    const [account] = rows.splice(0);
    if (account) await eraseAccount(database, account.id);
  };
  const late: Database = {
    ...database,
    async transaction(work, mode) {
      await erased();
      return database.transaction(work, mode);
    },
    async query(text, values) {
      if (text.includes('insert into escalation')) await erased();
      return database.query(text, values);
    },
  };
  const request = new Request(new URL(path, world.runtime.siteUrl), {
    method: 'POST',
    headers: { cookie: visitor.cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return dispatch(request, routes, { ...world.runtime, database: late });
}

test('what somebody wrote of another’s gist while their account was erased is not stored', async () => {
  const { gistId, revision } = await world.submitNew(await world.signIn('barbara'));
  const reporter = await world.signIn('tony');
  // So that a row of the account stays.
  await world.submitNew(reporter);
  const text = 'Hoare says so himself.';
  const reported = await askLate(reporter, `/api/submissions/${gistId}/report`, { reason: 'spam', text });
  expect(reported.status).toBe(401);

  const leaving = await world.signIn('moderator');
  const escalated = await askLate(leaving, `/api/moderation/${gistId}/escalate`, { revision, note: text });
  expect(escalated.status).toBe(409);
  expect(await world.everythingStored()).not.toContain('Hoare');
});
