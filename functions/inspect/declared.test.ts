import { expect, test } from 'vitest';
import { claudeSession, fakeToken, gistOf } from './testing.ts';

const session = claudeSession({ words: `first ${fakeToken} then ${fakeToken.replace('ghp', 'gho')}` });
const text = (fields: object) => JSON.stringify({ schema_version: '1.0.0', ...fields });

test('what the owner declares is kept apart from what was found', async () => {
  const declared = {
    schema_version: '1.0.0',
    license: 'MIT',
    session: { agent: 'codex', topic: 'Ponds' },
    tags: ['frogs'],
  };
  const gist = await gistOf({
    'session.jsonl': claudeSession(),
    'openagentsessions.json': JSON.stringify(declared),
  });
  const made = await gist.inspection();
  expect(made).toMatchObject({ declared, declaration_problem: null, derived: { agent: 'claude-code' } });
  expect(made.files).toMatchObject([
    { name: 'openagentsessions.json', format: null, counted: false },
    { counted: true },
  ]);
});

test.each([
  ['broken JSON', '{', 'It is not valid JSON.'],
  [
    'a wrong field',
    text({ session: { topic: '' } }),
    'The field “session.topic” must be left out where there is nothing to say.',
  ],
  ['over 100 kB', text({ note: 'x '.repeat(60_000) }), 'It is longer than 100,000 bytes.'],
  [
    'over 1 MB, which GitHub cuts off',
    text({ note: 'x '.repeat(600_000) }),
    'It is longer than 100,000 bytes.',
  ],
])(
  'a declaration that is %s: a sentence about it, and the session is inspected',
  async (_, content, problem) => {
    const gist = await gistOf({ 'session.jsonl': claudeSession(), 'openagentsessions.json': content });
    expect(await gist.inspection()).toMatchObject({
      declared: null,
      declaration_problem: problem,
      derived: { user_messages: 1 },
    });
  },
);

test.each([
  ['with a byte-order mark', Buffer.from(`\ufeff${text({ tags: ['frogs'] })}`)],
  ['with bytes that are not UTF-8', Buffer.from(text({ tags: ['frogs'], note: 'Grüße' }), 'latin1')],
])('a declaration %s is read', async (_, content) => {
  const gist = await gistOf({ 'session.jsonl': claudeSession(), 'openagentsessions.json': content });
  expect(await gist.inspection()).toMatchObject({ declared: { tags: ['frogs'] }, declaration_problem: null });
});

test('a false positive marks exactly the finding of its place, until the file is edited', async () => {
  const gist = await gistOf({ 'session.jsonl': session });
  const { findings } = await gist.inspection();
  const [first] = findings;
  expect(findings.length).toBeGreaterThan(1);
  expect(findings.every(({ declared_false }) => !declared_false)).toBe(true);

  const declaration = text({ false_positives: [first?.fingerprint] });
  gist.write('openagentsessions.json', declaration);
  const made = await gist.inspection();
  expect(made.findings).toEqual(findings.map((each) => ({ ...each, declared_false: each === first })));

  gist.write('session.jsonl', `${session}\n`);
  const edited = await gist.inspection();
  expect(edited.findings).toHaveLength(findings.length);
  expect(edited.findings.every(({ declared_false }) => !declared_false)).toBe(true);
});

test('the same false positive in a copy of the file under another name is declared with it', async () => {
  const gist = await gistOf({ 'a.jsonl': session });
  const fingerprints = (await gist.inspection()).findings.map(({ fingerprint }) => fingerprint);
  gist.write('b.jsonl', session);
  gist.write('openagentsessions.json', text({ false_positives: fingerprints }));
  const made = await gist.inspection();
  expect(made.findings).toHaveLength(2 * fingerprints.length);
  expect(made.findings.every(({ declared_false }) => declared_false)).toBe(true);
});

test('a declaration that is not valid declares nothing', async () => {
  const gist = await gistOf({ 'session.jsonl': session });
  const fingerprints = (await gist.inspection()).findings.map(({ fingerprint }) => fingerprint);
  gist.write('openagentsessions.json', text({ false_positives: fingerprints, license: 'mine' }));
  const made = await gist.inspection();
  expect(made.findings.some(({ declared_false }) => declared_false)).toBe(false);
  expect(made.declaration_problem).toMatch(/^The field “license” must be one of CC0-1\.0, .+\.$/);
});

test('a list of fingerprints is not itself taken for secrets', async () => {
  const false_positives = Array.from({ length: 40 }, (_, i) => i.toString(16).padStart(2, '0').repeat(32));
  const gist = await gistOf({
    'a.txt': 'frogs',
    'openagentsessions.json': JSON.stringify(JSON.parse(text({ false_positives })), null, 2),
  });
  expect((await gist.inspection()).findings).toEqual([]);
});

test('declared words with a secret or personal data in them are left out, and the rest is kept', async () => {
  const mail = 'grace.brewster@tides-office.net';
  const gist = await gistOf({
    'session.jsonl': claudeSession(),
    'openagentsessions.json': text({
      session: { agent: 'Claude Code', model: fakeToken, topic: `Ask ${mail}` },
      tags: ['frogs', mail],
    }),
  });
  const made = await gist.inspection();
  expect(made.declared).toEqual({
    schema_version: '1.0.0',
    session: { agent: 'Claude Code' },
    tags: ['frogs'],
  });
  expect(JSON.stringify(made)).not.toContain(mail);
});
