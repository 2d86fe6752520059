import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../http/dispatch.ts';
import { routes } from './routes.ts';
import { noticeLeft, siteUrl, startWorld, type Visitor, type World } from './testing/world.ts';
import { childrenOf, type Element, readXml, textOf } from './testing/xml.ts';

let world: World;
let ada: Visitor;
let grace: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  world.writeGist('grace', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
  grace = await world.signIn('grace');
  moderator = await world.signIn('moderator');
});
afterAll(() => world.close());

async function makeFeed(visitor: Visitor): Promise<string> {
  const { status, body } = await visitor.post('/api/submissions/feed', { action: 'create' });
  expect(status).toBe(200);
  return String(body.feed_url);
}

async function entriesOf(address: string): Promise<Element[]> {
  const answer = await world.ask(address);
  expect(answer.status).toBe(200);
  return childrenOf(readXml(await answer.text()), 'entry');
}

/** A gist with this description, submitted, and a decision about it. */
async function decided(visitor: Visitor, name: string, description: string, decision: object) {
  const gistId = world.writeGist(visitor.login, name, {
    'session.jsonl': `{"n":"${name}"}\n`,
    '.gist.json': JSON.stringify({ description }),
  });
  const revision = String((await visitor.submit(gistId)).body.revision);
  const { status } = await moderator.decide(gistId, { revision, ...decision });
  expect(status).toBe(200);
  return { gistId, revision };
}

const rejection = { decision: 'reject', reason: 'low_quality' };

test('whoever has the address reads what was decided, why, and what to do next', async () => {
  const { gistId } = await decided(ada, 'told', 'A told session', {
    ...rejection,
    note: 'Too short.\nAnd <b>thin</b>.',
  });
  const address = await makeFeed(ada);
  expect(address).toMatch(new RegExp(`^${siteUrl}/api/feed\\?token=[\\w.-]{80}$`));
  const answer = await world.ask(address);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');

  const text = await answer.text();
  const feed = readXml(text);
  expect([feed.name, feed.attributes.xmlns]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
  const links = childrenOf(feed, 'link').map(({ attributes: { rel, href } }) => [rel, href]);
  expect(links).toEqual([
    ['self', `${siteUrl}/api/feed`],
    ['alternate', `${siteUrl}/mine`],
  ]);
  expect(text).not.toContain(new URL(address).searchParams.get('token'));
  expect(textOf(feed, 'id')).toBe(`tag:index.test,2026:news/${(await ada.get('/api/me')).body.id}`);

  const [entry] = childrenOf(feed, 'entry');
  if (!entry) throw new Error('the feed is empty');
  expect(textOf(entry, 'title')).toBe('Rejected: A told session');
  expect(textOf(entry, 'id')).toMatch(/^tag:index\.test,2026:move\/\d+$/);
  expect(textOf(feed, 'updated')).toBe(textOf(entry, 'updated'));
  expect(new Date(textOf(entry, 'updated')).toISOString()).toBe(textOf(entry, 'updated'));
  const html = textOf(entry, 'content');
  expect(html).toContain('<strong>Too little to learn from.</strong>');
  expect(html).toContain('Too short.<br>And &lt;b&gt;thin&lt;/b&gt;.');
  expect(html).toContain('Answer the rejection, once, or edit the gist and submit its new revision.');
  expect(html).toContain(`href="${siteUrl}/submit?gist=${gistId}"`);
  expect(childrenOf(entry, 'link')[0]?.attributes.href).toMatch(
    new RegExp(`^${siteUrl}/mine\\?after=[\\w-]+#title-${gistId}$`),
  );
});

test('a decision that was overtaken no longer tells what to do', async () => {
  const { gistId, revision } = await decided(ada, 'overtaken', 'Overtaken', rejection);
  const address = await makeFeed(ada);
  const [before] = await entriesOf(address);
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  const [after] = await entriesOf(address);
  if (!before || !after) throw new Error('the feed is empty');
  expect(textOf(after, 'id')).toBe(textOf(before, 'id'));
  expect(textOf(after, 'updated')).toBe(textOf(before, 'updated'));
  expect(textOf(after, 'content')).toContain('It has moved on since');
  expect(textOf(after, 'content')).not.toContain('Answer the rejection');

  await ada.submit(gistId);
  await moderator.decide(gistId, { decision: 'approve', revision });
  const [approved] = await entriesOf(address);
  const html = approved && textOf(approved, 'content');
  expect(html).toContain('<p>Nothing to do. It is in the dataset from the next snapshot on');
  expect(html).toContain(`${siteUrl}/sessions/${gistId}`);
});

test('a rejection that was answered once is not to be answered again', async () => {
  const { gistId, revision } = await decided(ada, 'answered', 'Answered', rejection);
  await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'Look again.' });
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality' });
  const [again, first] = await entriesOf(await makeFeed(ada));
  expect(again && textOf(again, 'content')).toContain('You have answered this rejection');
  expect(first && textOf(first, 'content')).toContain('It has moved on since');
});

test('one’s feed tells of nobody else’s gists, and nothing of one’s own moves', async () => {
  await decided(grace, 'hers', 'A session of Grace’s', rejection);
  await world.submitNew(ada);
  const [hers, his] = [await entriesOf(await makeFeed(grace)), await entriesOf(await makeFeed(ada))];
  expect(hers.map((entry) => textOf(entry, 'title'))).toEqual(['Rejected: A session of Grace’s']);
  expect(JSON.stringify(his)).not.toContain('Grace');
  expect(his.map((entry) => textOf(entry, 'title')).join()).not.toMatch(/submitted|withdrawn|answered by/i);
});

test('hostile words in a title or a note stay words', async () => {
  const title = 'a]]></title><x>\u202eturned\u202c & "quoted" \u0007\u001b[31m \u2066i\u2069';
  const note = `]]></content>\u0000\u0008<script>alert(1)</script>\u202e ${'🧵'.repeat(400)}`;
  const { gistId } = await decided(ada, 'hostile', title, { ...rejection, note });
  // Rows written before today’s rules, or by hand.
  await world.database.query('update submission set title = $2 where gist_id = $1', [gistId, title]);
  const [entry] = await entriesOf(await makeFeed(ada));
  if (!entry) throw new Error('the feed is empty');
  expect(textOf(entry, 'title')).toBe('Rejected: a]]></title><x>turned & "quoted" [31m i');
  const html = textOf(entry, 'content');
  expect(html).toContain(`]]&gt;&lt;/content&gt;&lt;script&gt;alert(1)&lt;/script&gt; ${'🧵'.repeat(400)}`);
  expect(html).not.toMatch(/<(?!\/?(?:p|strong|blockquote|br|a)\b)/);
});

test('a note of a thousand emoji is there to the last', async () => {
  const { gistId } = await decided(ada, 'emoji', 'Emoji', rejection);
  await world.database.query(
    'insert into note (seq, text) select last_seq, $2 from submission where gist_id = $1',
    [gistId, '🦀'.repeat(1000)],
  );
  const [entry] = await entriesOf(await makeFeed(ada));
  expect(entry && textOf(entry, 'content').match(/🦀/gu)).toHaveLength(1000);
});

test('a feed of nothing is a feed, and says the same every time', async () => {
  world.writeGist('quiet', 'first', { 'session.jsonl': '{}\n' });
  const quiet = await world.signIn('quiet');
  const address = await makeFeed(quiet);
  expect(await entriesOf(address)).toEqual([]);
  const texts = await Promise.all(
    [world.ask(address), world.ask(address)].map(async (a) => (await a).text()),
  );
  expect(texts[0]).toBe(texts[1]);
});

test('a feed holds the newest fifty moves', async () => {
  world.writeGist('busy', 'first', { 'session.jsonl': '{}\n' });
  const busy = await world.signIn('busy');
  const { gistId, revision } = await world.submitNew(busy);
  await world.database.query(
    `with head as (update log_head set seq = seq + 60 returning seq), moved as (
       update submission set last_seq = head.seq from head where gist_id = $1)
     insert into moderation_log (seq, gist_id, move, from_state, to_state, revision)
     select head.seq - 60 + n, $1, case when n = 60 then 'update' else 'edit' end, 'pending', 'pending', $2
       from head, generate_series(1, 60) n`,
    [gistId, revision],
  );
  const entries = await entriesOf(await makeFeed(busy));
  const numbers = entries.map((entry) => Number(textOf(entry, 'id').split('/').at(-1)));
  expect(numbers).toHaveLength(50);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(entries[0] && textOf(entries[0], 'content')).toContain('A moderator reads the new revision.');
  expect(entries[1] && textOf(entries[1], 'content')).toContain('It has moved on since');
});

test('a reader that has the feed is told so, until something is new', async () => {
  const address = await makeFeed(ada);
  const etag = (await world.ask(address)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]+"$/);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const answer = await world.ask(address, { headers: { 'if-none-match': known } });
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag]);
  }
  await decided(ada, 'etag', 'Something new', rejection);
  const answer = await world.ask(address, { headers: { 'if-none-match': etag } });
  expect(answer.status).toBe(200);
});

test('replacing or revoking an address kills it at once, and its owner sees the one there is', async () => {
  const shown = async () => (await ada.get('/api/submissions/feed')).body.feed_url;
  const first = await makeFeed(ada);
  expect(await shown()).toBe(first);
  const second = await makeFeed(ada);
  expect(second).not.toBe(first);
  expect((await world.ask(first)).status).toBe(404);
  expect((await world.ask(second)).status).toBe(200);
  expect((await ada.post('/api/submissions/feed', { action: 'revoke' })).body).toEqual({ feed_url: null });
  expect([(await world.ask(second)).status, await shown()]).toEqual([404, null]);
  expect((await ada.post('/api/submissions/feed', { action: 'revoke' })).status).toBe(200);
});

test('many replacements at once leave one address alive', async () => {
  const addresses = await Promise.all(Array.from({ length: 8 }, () => makeFeed(grace)));
  const statuses = await Promise.all(addresses.map(async (address) => (await world.ask(address)).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect((await grace.get('/api/submissions/feed')).body.feed_url).toBe(addresses[statuses.indexOf(200)]);
});

test('every token that opens nothing gets the same answer', async () => {
  const [mine, hers] = [await makeFeed(ada), await makeFeed(grace)];
  const token = new URL(mine).searchParams.get('token') ?? '';
  const [id = '', signed = ''] = token.split('.');
  const [herId = '', herSigned = ''] = (new URL(hers).searchParams.get('token') ?? '').split('.');
  await grace.post('/api/submissions/feed', { action: 'revoke' });
  const last = signed.at(-1) ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const session = ada.cookie.slice(ada.cookie.indexOf('=') + 1);
  const tokens = {
    revoked: `${herId}.${herSigned}`,
    foreign: `${herId}.${signed}`,
    swapped: `${id}.${herSigned}`,
    'another spelling of the same bytes': `${id}.${signed.slice(0, -1)}${alphabet[alphabet.indexOf(last) ^ 1]}`,
    'in capitals': `${id.toUpperCase()}.${signed}`,
    'cut short': token.slice(0, -1),
    longer: `${token}A`,
    'with a line break': `${token}\n`,
    'the id alone': id,
    unsigned: `${id}.${'A'.repeat(43)}`,
    empty: '',
    'a session cookie': session,
    'very long': 'x'.repeat(5000),
    'not ASCII': `${id}.${'é'.repeat(43)}`,
    'with NUL': `${id}\u0000.${signed}`,
  };
  const answers = new Set<string>();
  for (const [what, wrong] of Object.entries(tokens)) {
    const answer = await world.ask(`/api/feed?token=${encodeURIComponent(wrong)}`);
    expect([what, answer.status, answer.headers.get('content-type')]).toEqual([
      what,
      404,
      'application/problem+json; charset=utf-8',
    ]);
    answers.add(await answer.text());
  }
  answers.add(await (await world.ask('/api/feed')).text());
  expect([...answers].map((text) => JSON.parse(text).code)).toEqual(['not_found']);
  expect((await world.ask(mine)).status).toBe(200);
});

test('an address is of its site’s secret: with another it opens nothing', async () => {
  const address = await makeFeed(ada);
  const other = { ...world.runtime, sessionSecret: 'another secret for tests, 32 characters' };
  expect((await dispatch(new Request(address), routes, other)).status).toBe(404);
});

test('no token is stored or logged, whatever becomes of the request', async () => {
  const address = await makeFeed(ada);
  const token = new URL(address).searchParams.get('token') ?? '';
  const [id = '', signed = ''] = token.split('.');
  await world.ask(address);
  await world.ask(`${address}x`);
  await world.ask(address, { method: 'POST', headers: { origin: 'https://evil.example' } });
  const query = () => Promise.reject(new Error('the database is away'));
  const broken = { ...world.runtime, database: { ...world.database, query } };
  expect((await dispatch(new Request(address), routes, broken)).status).toBe(500);

  const lines = world.logged.filter((line) => line.includes('/api/feed'));
  expect(lines.some((line) => line.includes('unexpected error'))).toBe(true);
  for (const part of [token, id, signed, 'token=']) expect(world.logged.join('\n')).not.toContain(part);
  const stored = await world.everythingStored();
  expect(stored).toContain(id);
  expect(stored).not.toContain(signed);
});

test('the form on the page makes and revokes a feed, and another site’s form does neither', async () => {
  const send = (action: string, from?: string) => ada.sendForm('/api/submissions/feed', { action }, from);
  for (const [action, code] of [
    ['create', 'feed_made'],
    ['revoke', 'feed_revoked'],
  ] as const) {
    const answer = await send(action);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/mine']);
    expect(noticeLeft(answer, world.runtime)?.code).toBe(code);
  }
  const address = await makeFeed(ada);
  expect((await send('revoke', 'https://evil.example')).status).toBe(403);
  expect((await send('burn')).headers.get('location')).toBe('/mine');
  expect((await world.ask(address)).status).toBe(200);
});
