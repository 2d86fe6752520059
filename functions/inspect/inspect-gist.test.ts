import { expect, test } from 'vitest';
import { isTitleWithheld } from '#domain/inspected-row.ts';
import { inspection as inspectionSchema } from '#domain/inspection.ts';
import { inspectGist, isCurrent } from './inspect-gist.ts';
import { claudeSession, fakeToken, gistOf } from './testing.ts';

const sessions = {
  'a.jsonl': claudeSession({ session: 's1', prompt: 'Count the frogs.' }),
  'b.jsonl': claudeSession({ session: 's2', prompt: 'Count the newts.', model: 'claude-haiku-4-5' }),
};

const page = (words: string) =>
  `<!DOCTYPE html>
<html><head><title>Claude Code transcript - page 1</title></head><body><div class="container">
<div class="message user" id="msg-2026-02-01T10-00-01-000Z"><div class="message-content"><p>${words}</p></div></div>
</div></body></html>`;

test('the sessions of a gist are summed, and what was made is as its schema says', async () => {
  const made = await (await gistOf(sessions)).inspection();
  expect(inspectionSchema.parse(made)).toEqual(made);
  expect(isCurrent(made)).toBe(true);
  expect(isCurrent({ ...made, scanner_version: '0' })).toBe(false);
  expect(isCurrent({ ...made, formats_version: '0' })).toBe(false);
  expect(made.files).toMatchObject([
    { name: 'a.jsonl', counted: true, session_ids: ['s1'], user_messages: 1, tool_calls: 1 },
    { name: 'b.jsonl', counted: true, session_ids: ['s2'], user_messages: 1, tool_calls: 1 },
  ]);
  expect(made.derived).toMatchObject({
    agent: 'claude-code',
    format: 'claude-code',
    session_ids: ['s1', 's2'],
    models: ['claude-haiku-4-5', 'claude-opus-4-5'],
    user_messages: 2,
    tool_calls: 2,
    tool_names: ['Read'],
    languages: ['Go'],
  });
  expect(made).toMatchObject({
    findings: [],
    findings_omitted: 0,
    declared: null,
    declaration_problem: null,
  });
});

test('nothing that is said or done in a session is in the inspection', async () => {
  const said = claudeSession({
    prompt: 'marker-word',
    words: `marker-word ${fakeToken} grace@marker-word.net`,
  });
  const gist = await gistOf({ 'session.jsonl': said });
  const made = await gist.inspection();
  expect(made.findings.length).toBeGreaterThan(0);
  expect(made.derived.user_messages).toBe(1);
  expect(JSON.stringify(made)).not.toContain('marker-word');
  expect(JSON.stringify(made)).not.toContain(fakeToken.slice(4, 12));
  expect(gist.logged.join()).not.toContain('marker-word');
});

test('a page rendered beside the agent’s own file, and a second copy of it, are not counted', async () => {
  const session = sessions['a.jsonl'];
  const made = await (
    await gistOf({ 'page.html': page('Count the frogs.'), 'one.jsonl': session, 'two.jsonl': session })
  ).inspection();
  expect(made.files.map(({ name, counted, format }) => ({ name, counted, format }))).toEqual([
    { name: 'one.jsonl', counted: true, format: 'claude-code' },
    { name: 'page.html', counted: false, format: 'claude-code-html' },
    { name: 'two.jsonl', counted: false, format: 'claude-code' },
  ]);
  expect(made.derived).toMatchObject({ format: 'claude-code', user_messages: 1, tool_calls: 1 });
});

test('a subagent’s file beside the session adds its tool calls and no prompt', async () => {
  const made = await (
    await gistOf({
      'session.jsonl': sessions['a.jsonl'],
      'agent-pond.jsonl': claudeSession({ session: 's1', subagent: 'pond', words: 'newts', tool: 'Grep' }),
    })
  ).inspection();
  expect(made.files.map(({ counted }) => counted)).toEqual([true, true]);
  expect(made.derived).toMatchObject({
    has_subagents: true,
    session_ids: ['s1'],
    user_messages: 1,
    tool_names: ['Grep', 'Read'],
  });
});

test('300 files are all read', async () => {
  const many = Array.from({ length: 300 }, (_, i) => [
    `${i}.jsonl`,
    claudeSession({ session: `s${i}`, prompt: `Pond ${i}` }),
  ]);
  const made = await (await gistOf(Object.fromEntries(many))).inspection();
  expect(made.files).toHaveLength(300);
  expect(made.derived).toMatchObject({ user_messages: 300, tool_calls: 300 });
  expect(made.derived.session_ids).toHaveLength(300);
});

test('what nobody writes as a session is none, and its problem is told', async () => {
  const made = await (
    await gistOf({ 'packing.txt': 'socks\nlamp\n', 'photo.bin': Buffer.from([0, 1, 2, 255]) })
  ).inspection();
  expect(made.files).toMatchObject([
    { name: 'packing.txt', format: null, counted: false, problems: [] },
    { name: 'photo.bin', format: null, problems: [{ code: 'binary' }, { code: 'invalid_utf8' }] },
  ]);
  expect(made.derived).toMatchObject({ agent: null, user_messages: null, content_key: null });
});

test('names out of a session that hold a secret are left out, and the others stay', async () => {
  const leaky = { tool: `mcp__${fakeToken}`, model: fakeToken, session: fakeToken, version: fakeToken };
  const made = await (
    await gistOf({ 'a.jsonl': sessions['a.jsonl'], 'b.jsonl': claudeSession({ prompt: 'Again', ...leaky }) })
  ).inspection();
  expect(JSON.stringify(made)).not.toContain(fakeToken);
  expect(made.files[1]).toMatchObject({
    tool_names: null,
    models: null,
    session_ids: null,
    agent_version: null,
  });
  expect(made.derived).toMatchObject({
    tool_names: ['Read'],
    models: ['claude-opus-4-5'],
    agent_version: '2.1.9',
  });
});

test('a secret in the description and one in a file’s name are findings, and the name is not repeated', async () => {
  const gist = await gistOf({
    '.gist.json': JSON.stringify({ description: `Push with ${fakeToken}` }),
    [`${fakeToken}.jsonl`]: claudeSession({ words: fakeToken }),
  });
  const made = await gist.inspection();
  expect(new Set(made.findings.map(({ file }) => file))).toEqual(
    new Set(['(description)', '(file names)', '(file 1)']),
  );
  expect(made.files).toMatchObject([{ name: '(file 1)', format: 'claude-code' }]);
  expect(JSON.stringify(made)).not.toContain(fakeToken.slice(4));
});

test('more findings than are kept are counted, and one that blocks is never among the omitted', async () => {
  const keys = (letter: string, count: number) =>
    Array.from(
      { length: count },
      (_, i) => `${fakeToken.slice(0, -4)}${letter}${String(i).padStart(3, '0')}\n`,
    ).join('');
  const gist = await gistOf({ 'a.txt': keys('a', 500), 'b.txt': keys('b', 700) });
  const all = await gist.inspection();
  expect([all.findings.length, all.findings_omitted]).toEqual([500, 700]);

  const false_positives = all.findings.slice(0, 500).map(({ fingerprint }) => fingerprint);
  gist.write('openagentsessions.json', JSON.stringify({ schema_version: '1.0.0', false_positives }));
  const made = await gist.inspection();
  expect([made.findings.length, made.findings_omitted]).toEqual([500, 700]);
  expect(made.findings.filter(({ declared_false }) => !declared_false)).toHaveLength(500);
});

test('what is found in the description is kept, however many findings the files declare to be none', async () => {
  const keys = Array.from(
    { length: 500 },
    (_, i) => `${fakeToken.slice(0, -4)}a${String(i).padStart(3, '0')}\n`,
  );
  const gist = await gistOf({ 'a.txt': keys.join('') });
  const false_positives = (await gist.inspection()).findings.map(({ fingerprint }) => fingerprint);
  gist.write('openagentsessions.json', JSON.stringify({ schema_version: '1.0.0', false_positives }));
  gist.write('.gist.json', JSON.stringify({ description: 'Ask grace.brewster@tides-office.net' }));
  const made = await gist.inspection();
  expect([made.findings.length, made.findings_omitted]).toEqual([500, 1]);
  expect(isTitleWithheld(made)).toBe(true);
});

test('a gist whose files GitHub does not give is not inspected', async () => {
  const gist = await gistOf({ 'a.txt': Buffer.from([0xff, 0xfe, 0xfd]) });
  gist.setFaults(['raw_429=7']);
  expect(await gist.inspect()).toEqual({ kind: 'rate_limited', retryAfter: 7 });
});

test('an empty gist is inspected too', async () => {
  const gist = await gistOf({ 'a.txt': '' });
  const { gist: read } = await gist.read();
  const made = await inspectGist(gist.github, { ...read, files: [] }, new Map());
  expect(made).toMatchObject({ kind: 'inspection', inspection: { files: [], derived: { agent: null } } });
});
