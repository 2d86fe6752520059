import { expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, publishedLines, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, check, confirm, notice, openCase, press, queueRow, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('without a mouse and without JavaScript, a gist goes from its owner over a moderator into the dataset', async () => {
  const gist = await writeGist(dev.gists, 'walker', 'parser', { title: 'Walking a parser with an agent' });

  const contributor = await open({ javaScriptEnabled: false });
  await signIn(contributor, dev, gist.login, '/submit');
  await check(contributor, dev, `${gist.url}#file-session-jsonl`);
  const preview = await card(contributor, gist.title).innerText();
  expect(preview).toMatch(/Claude Code 2\.1\.7.*claude-sonnet-4-5-20250929.*Prompts\s+1\s.*Answers\s+2\s/s);
  expect(preview).toMatch(/1\u202f234\u202f567 read\s.*the one you choose/s);
  await confirm(contributor, { license: 'CC-BY-4.0', attested: true });
  expect(contributor.url()).toBe(`${dev.url}/mine`);
  expect(await notice(contributor)).toContain('Submitted.');
  const mine = card(contributor, gist.title);
  expect(await mine.innerText()).toMatch(/Pending.*Not listed.*CC-BY-4\.0/s);

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await queueRow(moderator, gist.title).innerText()).toMatch(/walker\s+Claude Code.*3 messages/s);
  await openCase(moderator, gist.title);
  const waiting = card(moderator, gist.title);
  expect(await waiting.innerText()).toMatch(/Claude Code 2\.1\.7.*Nothing, by ruleset/s);
  const read = await waiting.getByRole('link', { name: 'Read revision' }).getAttribute('href');
  expect(read).toMatch(new RegExp(`^${gist.url}/[0-9a-f]{40}$`));
  await press(moderator, waiting.getByRole('button', { name: 'Approve' }));
  expect(await notice(moderator)).toContain('Approved.');
  expect(await queueRow(moderator, gist.title).count()).toBe(0);

  await contributor.reload();
  expect(await mine.innerText()).toMatch(/Approved.*From the next snapshot on/s);
  expect(await mine.getByRole('link', { name: 'Listed' }).count()).toBe(0);
  await exportDataset(dev);

  const visitor = await open({ javaScriptEnabled: false });
  await visitor.goto(dev.url);
  await press(visitor, visitor.getByRole('link', { name: 'Sessions', exact: true }).first());
  expect(visitor.url()).toBe(`${dev.url}/sessions`);
  const entry = visitor.getByRole('row').filter({ hasText: gist.title });
  expect(await entry.innerText()).toMatch(/2026-05-02.*Thinking.*Claude Code 2\.1\.7.*1\u202f234\u202f567/s);
  await press(visitor, visitor.getByRole('link', { name: gist.title }));
  expect(visitor.url()).toBe(`${dev.url}/sessions/${gist.id}`);
  const shown = await visitor.getByRole('article').innerText();
  expect(shown).toMatch(/Tool calls\s+1\s.*89 written\s.*2026-05-02 08:15 UTC.*Bash/s);
  expect(await visitor.getByRole('heading', { level: 1 }).innerText()).toBe(gist.title);
  expect(await visitor.getByRole('link', { name: 'Read it at GitHub' }).getAttribute('href')).toBe(read);
  await press(visitor, visitor.getByRole('link', { name: gist.login, exact: true }));
  expect(await visitor.getByRole('table').getByRole('link', { name: gist.title }).count()).toBe(1);

  const urls = await (await visitor.request.get(`${dev.url}/urls.txt`)).text();
  expect(urls.split('\n')).toContain(gist.url);
  const rows = await publishedLines(visitor, `${dev.url}/dataset/latest/submissions.ndjson`);
  expect(rows.find((row) => row.gist_id === gist.id)).toMatchObject({
    gist_url: gist.url,
    gist_owner_login: gist.login,
    gist_version: read?.slice(-40),
    title: gist.title,
    license: 'CC-BY-4.0',
    license_declared_by: 'contributor',
    agent: 'claude-code',
    agent_version: '2.1.7',
    user_messages: 1,
    assistant_messages: 2,
    input_tokens: 1_234_567,
    started_at: '2026-05-02T08:15:00.000Z',
    has_thinking: true,
    scan: 'clean',
  });

  await contributor.reload();
  await press(contributor, mine.getByRole('link', { name: 'Listed' }));
  expect(contributor.url()).toBe(`${dev.url}/sessions/${gist.id}`);
});

test('the home page leads to the newest session', async () => {
  const gist = await writeGist(dev.gists, 'walker', 'newest', { title: 'The newest of all sessions' });
  const contributor = await open();
  await signIn(contributor, dev, gist.login);
  const revision = await submitted(contributor, dev, gist);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  await decided(moderator, dev, gist, { decision: 'approve', revision });
  await exportDataset(dev);

  await contributor.goto(dev.url);
  const newest = contributor.getByRole('region', { name: 'Newest' }).getByRole('listitem').first();
  expect(await newest.innerText()).toContain(gist.title);
  await press(contributor, newest.getByRole('link', { name: gist.title }));
  expect(contributor.url()).toBe(`${dev.url}/sessions/${gist.id}`);
});
