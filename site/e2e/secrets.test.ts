import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#sql/open.ts';
import { devFolder } from '../../actions/dev/testing.ts';
import { freePort, type RunningProgram, startProgram } from '../../actions/testing.ts';
import { decided } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { card, check, confirm, notice, openCase, press, queueRow, signIn, unfold } from './people.ts';
import { claudeSession, token } from './sessions.ts';

const open = useBrowser();
const login = 'leaker';

/** A development of this test's own, so that all it prints and stores is looked through. */
let folder: string;
let program: RunningProgram;
let printed = '';
let dev: { url: string; gists: string };

/** Hears everything: the program is asked again whether it is ready with each piece it prints. */
class Listening extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    printed = text;
    return super.exec(text);
  }
}

beforeAll(async () => {
  folder = await devFolder();
  const gists = join(folder, 'gists');
  const ready = new Listening(/for development: (http:\S+)\/\n/);
  program = await startProgram('dev', ['--port', await freePort(), '--gists', gists], { cwd: folder, ready });
  dev = { url: program.address, gists };
  await fetch(`${dev.url}/submit`);
});
afterAll(async () => {
  await program.stop();
  await rm(folder, { recursive: true });
});

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const log = { info() {}, warn() {} };
  const dataDir = join(folder, (await readFile(join(folder, '.data/current'), 'utf8')).trim());
  const database = await openDatabase({ databaseUrl: null, log, dataDir });
  try {
    const { rows: tables } = await database.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const stored: string[] = [];
    for (const { name } of tables) {
      const { rows } = await database.query<{ row: string }>(
        `select to_json(t)::text as row from "${name}" t`,
      );
      stored.push(...rows.map(({ row }) => row));
    }
    return stored.join('\n');
  } finally {
    await database.close();
  }
}

const leaking = claudeSession({ result: `GITHUB_TOKEN was ${token} all along` });

async function leakingGist(name: string, title: string): Promise<WrittenGist> {
  return await writeGist(dev.gists, login, name, { title, files: { 'session.jsonl': leaking } });
}

test('a gist with a token is refused with file, line and kind, and the token is nowhere', async () => {
  const gist = await leakingGist('leaking', 'A session with a token in it');
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  const pages: string[] = [];

  await check(page, dev, gist.url);
  const findings = page.getByRole('region', { name: 'Secrets and personal data' });
  const shown = await findings.innerText();
  pages.push(await page.content());
  expect(shown).toContain('This looks like a secret.');
  expect(await findings.getByRole('row').nth(1).innerText()).toMatch(
    /Blocks.*GitHub.*ghp_.*session\.jsonl, line 3/s,
  );
  expect(shown).toMatch(/Revoke it.*Make a new gist/s);
  expect(await page.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
  await press(page, page.getByRole('link', { name: 'Check again' }));
  expect(await findings.innerText()).toBe(shown);

  const data = { gist_url: gist.url, license: 'MIT', attested: true };
  const answer = await page.request.post(`${dev.url}/api/submissions`, { data });
  expect(answer.status()).toBe(422);
  pages.push(await answer.text());
  expect(JSON.parse(pages.at(-1) ?? '')).toMatchObject({
    code: 'secrets_found',
    findings: [{ file: 'session.jsonl', line: 3, kind: expect.stringContaining('GitHub'), severity: 'high' }],
  });
  await page.goto(`${dev.url}/mine`);
  expect(await page.getByRole('main').innerText()).toContain('You have submitted nothing yet');

  expect(await readFile(join(dev.gists, login, 'leaking/session.jsonl'), 'utf8')).toContain(token);
  const stored = await everythingStored();
  expect(stored).toContain(login);
  expect(pages.join('\n')).toContain('This looks like a secret.');
  expect(printed).toContain(dev.url);
  const parts = [token.slice(4, 14), token.slice(-12)];
  for (const place of [...pages, await page.content(), stored, printed]) {
    expect(parts.filter((part) => place.includes(part))).toEqual([]);
  }
});

test('a gist that was edited to hold a token after it was checked is refused, and shows what was found', async () => {
  const gist = await writeGist(dev.gists, login, 'late', { title: 'Clean when it was checked' });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  await check(page, dev, gist.url);
  // A form that names no revision, as an older one might.
  await page.locator('input[name=revision]').evaluate((input) => input.remove());
  await leakingGist('late', gist.title);
  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toMatch(/Not done\. A secret was found, in session\.jsonl, line 3: .*new gist/s);
  const findings = page.getByRole('region', { name: 'Secrets and personal data' });
  expect(await findings.innerText()).toContain('This looks like a secret.');
  expect(await page.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
});

test('a finding declared to be none lets the gist pass, and the moderator sees it with its place', async () => {
  const gist = await leakingGist('declared', 'A made-up token, declared');
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  await check(page, dev, gist.url);
  await unfold(page, page.getByRole('main'), 'It is not a secret');
  const snippet = await page
    .getByRole('figure')
    .filter({ hasText: 'openagentsessions.json' })
    .locator('code')
    .textContent();
  const files = { 'session.jsonl': leaking, 'openagentsessions.json': snippet ?? '' };
  await writeGist(dev.gists, login, 'declared', { title: gist.title, files });

  await press(page, page.getByRole('link', { name: 'Check again' }));
  const findings = page.getByRole('region', { name: 'Secrets and personal data' });
  expect(await findings.innerText()).toMatch(/Declared not to be secrets.*The owner says: not a secret/s);
  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toContain('Submitted.');

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await queueRow(moderator, gist.title).innerText()).toContain('Declared no secret');
  await openCase(moderator, gist.title);
  const waiting = card(moderator, gist.title);
  expect(await waiting.innerText()).toMatch(/The owner says: not a secret.*GitHub.*session\.jsonl, line 3/s);
  expect(await waiting.innerText()).toMatch(/No secrets, by fingerprint\s+1\s+each is of a finding/);
  expect(await moderator.content()).not.toContain(token.slice(-12));
  const revision = (await waiting.getByRole('link', { name: 'Read revision' }).getAttribute('href'))?.slice(
    -40,
  );
  await decided(moderator, dev, gist, { decision: 'approve', revision: revision ?? '' });
});

test('a declaration that says something else than the files is shown as such, to both', async () => {
  const declared = {
    schema_version: '1.0.0',
    license: 'MIT',
    redaction_done: false,
    session: { agent: 'Codex', topic: 'Commas' },
    tags: ['parser'],
    false_positives: ['0'.repeat(64)],
  };
  const files = { 'session.jsonl': claudeSession(), 'openagentsessions.json': JSON.stringify(declared) };
  const gist = await writeGist(dev.gists, login, 'contrary', { title: 'Declared otherwise', files });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  await check(page, dev, gist.url);
  const differing = page
    .getByRole('region', { name: 'Declared' })
    .getByRole('row')
    .filter({ hasText: 'Differs' });
  expect(await differing.allInnerTexts()).toEqual([
    expect.stringMatching(/Agent\s+Codex\s+Differs\s+Claude Code 2\.1\.7/),
    expect.stringMatching(/Redacted\s+no\s+Differs\s+yes, in the statement/),
  ]);
  expect(await page.getByRole('region', { name: 'Declared' }).innerText()).toMatch(
    /No secrets, by fingerprint\s+1\s+1 fingerprint of no finding listed/,
  );
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  expect(await page.getByRole('group', { name: 'Licence' }).innerText()).toMatch(
    /MIT · your openagentsessions\.json says so/,
  );
  await confirm(page, { license: 'CC0-1.0', attested: true });
  expect(await card(page, gist.title).innerText()).toMatch(
    /says something else.*Licence: MIT, but here CC0-1\.0.*Agent: Codex, but here Claude Code/s,
  );

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await queueRow(moderator, gist.title).innerText()).toContain('Declared otherwise');
  await moderator.goto(`${dev.url}/moderation/${gist.id}`);
  const seen = await moderator.getByRole('row').filter({ hasText: 'Differs' }).allInnerTexts();
  expect(seen).toEqual([
    expect.stringMatching(/Licence\s+MIT\s+Differs\s+CC0-1\.0/),
    expect.stringMatching(/Agent\s+Codex/),
    expect.stringMatching(/Redacted\s+no/),
  ]);
});

test('a mail address in a file’s name keeps the gist out, and nothing is said of revoking it', async () => {
  const files = { 'grace@tides-office.net.jsonl': claudeSession() };
  const gist = await writeGist(dev.gists, login, 'named', { title: 'Named after somebody', files });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  await check(page, dev, gist.url);
  const findings = page.getByRole('region', { name: 'Secrets and personal data' });
  expect(await findings.innerText()).toMatch(/A file’s name holds a mail address\..*the name of file 1/s);
  expect(await findings.innerText()).not.toMatch(/Revoke|secret\./);
  expect(await page.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
  expect(await page.content()).not.toContain('tides-office');
});

test('what to do comes soon after many secrets, and the form soon after many files', async () => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  const tokens = Array.from({ length: 20 }, (_, i) => `${token.slice(0, -2)}${10 + i}\n`).join('');
  const files = { 'session.jsonl': claudeSession(), 'tokens.txt': tokens };
  await check(page, dev, (await writeGist(dev.gists, login, 'many', { title: 'Many', files })).url);
  const findings = page.getByRole('region', { name: 'Secrets and personal data' });
  expect(await findings.getByText('Blocks').filter({ visible: true }).count()).toBe(12);
  await unfold(page, findings, 'Show the other 8');
  expect(await findings.getByText('Blocks').filter({ visible: true }).count()).toBe(20);

  const thirty = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`notes-${i}.txt`, `note ${i}\n`]));
  const notes = await writeGist(dev.gists, login, 'notes', { title: 'Notes', files: thirty });
  await check(page, dev, notes.url);
  const file = page.getByRole('rowheader', { name: 'notes-7.txt' });
  expect(await file.count()).toBe(0);
  await unfold(page, page.getByRole('main'), 'What each of the 30 files is');
  expect(await file.count()).toBe(1);
});
