import { expect, test } from 'vitest';
import { inspectGist } from './inspect-gist.ts';
import { claudeSession, fakeToken, gistOf } from './testing.ts';

const session = claudeSession();
/** GitHub cuts its text off at 1 MB. */
const large = session + claudeSession({ session: 's2', words: 'frogs '.repeat(250_000) });
const notUtf8 = Buffer.concat([Buffer.from(claudeSession({ words: fakeToken })), Buffer.from([0xe9, 0x0a])]);

test('text that came with the answer is used when it is what git names, and nothing else is asked for', async () => {
  const gist = await gistOf({
    'session.jsonl': session,
    'umlauts.jsonl': claudeSession({ prompt: 'Frösche 🐸' }),
  });
  expect((await gist.inspection()).derived.user_messages).toBe(2);
  expect(gist.rawAsked()).toEqual([]);
});

test.each([
  ['is not UTF-8, and came as base64', notUtf8, { user_messages: 1 }],
  ['is over 1 MB, and came cut off', large, { user_messages: 2, session_ids: ['s1', 's2'] }],
])('a file that %s is read from the raw host, to its end', async (_, content, derived) => {
  const gist = await gistOf({ 'session.jsonl': content });
  const made = await gist.inspection();
  expect(made).toMatchObject({
    derived,
    files: [{ bytes: Buffer.byteLength(content), name: 'session.jsonl' }],
  });
  expect(gist.rawAsked()).toEqual([expect.stringMatching(/\/raw\/[0-9a-f]{40}\/session\.jsonl$/)]);
});

test('text that is not what git names is not believed: the raw file is', async () => {
  const gist = await gistOf({ 'session.jsonl': claudeSession({ prompt: `Push with ${fakeToken}` }) });
  const { gist: read } = await gist.read();
  const made = await inspectGist(gist.github, read, new Map([['session.jsonl', session]]));
  expect(made).toMatchObject({ inspection: { findings: [{ line: 1, severity: 'high' }] } });
  expect(gist.rawAsked()).toHaveLength(1);
});

test('what was read is the revision the gist was read at, even when it was edited since', async () => {
  const gist = await gistOf({ 'session.jsonl': notUtf8 });
  const { gist: read, inline } = await gist.read();
  gist.write('session.jsonl', 'edited');
  await gist.read();
  const made = await inspectGist(gist.github, read, inline);
  expect(made).toMatchObject({ kind: 'inspection', inspection: { derived: { user_messages: 1 } } });
});

test.each([
  ['raw_other_bytes', 'more bytes than the gist says'],
  ['partial:raw', 'not the bytes git names'],
  ['cut:raw', expect.any(String)],
  ['empty:raw', 'not the bytes git names'],
  ['nonsense:raw', expect.any(String)],
  ['down:raw', 'raw status 500'],
  ['missing_all:raw', 'raw status 404'],
  ['reset:raw', 'TypeError'],
])('%s: unavailable, logged with why, and nothing is known', async (fault, why) => {
  const gist = await gistOf({ 'a.jsonl': session, 'session.jsonl': notUtf8 });
  const { gist: read, inline } = await gist.read();
  gist.setFaults([fault]);
  const made = await inspectGist(gist.github, read, inline);
  expect(made).toEqual({ kind: 'unavailable', retryAfter: 60, why });
  expect(gist.logged).toEqual([expect.stringMatching(/^raw file not read: ./)]);
});

test('other bytes of the same length are not the file', async () => {
  const gist = await gistOf({ 'session.jsonl': notUtf8 });
  const { gist: read, inline } = await gist.read();
  const blobs = read.files.map((file) => ({ ...file, gitBlobSha: 'a'.repeat(40) }));
  const made = await inspectGist(gist.github, { ...read, files: blobs }, inline);
  expect(made).toEqual({ kind: 'unavailable', retryAfter: 60, why: 'not the bytes git names' });
});

test('a declaration that GitHub does not give makes the inspection fail, not go on without it', async () => {
  const gist = await gistOf({ 'a.jsonl': session, 'openagentsessions.json': Buffer.from([0x7b, 0xff]) });
  const { gist: read, inline } = await gist.read();
  gist.setFaults(['down:raw']);
  expect(await inspectGist(gist.github, read, inline)).toMatchObject({ kind: 'unavailable' });
});
