import { expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, publishedLines, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { notice, press, signIn } from './people.ts';
import { problems, problemsAt } from './problems.ts';

const dev = inject('dev');
const open = useBrowser();

test('an owner erases the account, and what is published from then on does not name it', async () => {
  const login = 'forgotten-soon';
  const listed = await writeGist(dev.gists, login, 'listed', { title: 'A session that is listed' });
  const other = await writeGist(dev.gists, 'stays-here', 'other', {
    title: 'A session of somebody who stays',
  });
  const owner = await open({ javaScriptEnabled: false });
  await signIn(owner, dev, login, '/account');
  const neighbour = await open();
  await signIn(neighbour, dev, 'stays-here');
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  const revision = await submitted(owner, dev, listed);
  await decided(moderator, dev, listed, { decision: 'approve', revision });
  await decided(moderator, dev, other, {
    decision: 'approve',
    revision: await submitted(neighbour, dev, other),
  });
  await exportDataset(dev);
  const visitor = await open();
  const read = async (file: string) =>
    (await visitor.request.get(`${dev.url}/dataset/latest/${file}`)).text();
  expect(await read('submissions.ndjson')).toContain(login);

  await owner.goto(`${dev.url}/account`);
  const copy = await owner.request.get(`${dev.url}/api/account`);
  expect(await copy.json()).toMatchObject({ account: { login }, submissions: [{ gist_id: listed.id }] });
  await owner.getByLabel('type your login').fill('somebody-else');
  await press(owner, owner.getByRole('button', { name: 'Erase my account' }));
  expect(await notice(owner)).toContain('Not done. What was typed is not the login of this account.');
  await owner.getByLabel('type your login').fill(login);
  await press(owner, owner.getByRole('button', { name: 'Erase my account' }));
  expect(await notice(owner)).toContain('Your account is erased');
  expect((await owner.goto(`${dev.url}/account`))?.status()).toBe(401);

  await exportDataset(dev);
  const departures = await publishedLines(visitor, `${dev.url}/dataset/latest/removed.ndjson`);
  expect(departures.filter((line) => line.gist_id === listed.id)).toMatchObject([
    { kind: 'withdrawn', gist_version: revision },
  ]);
  const manifest = JSON.parse(await read('manifest.json'));
  const files = Object.keys(manifest.files ?? {}).filter((name) => !name.endsWith('.parquet'));
  expect(files).toEqual(expect.arrayContaining(['submissions.ndjson', 'changes.ndjson', 'removed.ndjson']));
  for (const file of files) expect([file, (await read(file)).includes(login)]).toEqual([file, false]);
  expect(await read('submissions.ndjson')).toContain('stays-here');
  await visitor.goto(`${dev.url}/log`);
  const line = visitor.getByRole('row').filter({ hasText: listed.id }).first();
  expect(await line.innerText()).toContain('Withdrawn by its owner');
});

test('somebody who reported a session is told what became of it, and sees where they are signed in', async () => {
  const gist = await writeGist(dev.gists, 'reported-one', 'doubtful', { title: 'A session somebody doubts' });
  const owner = await open();
  await signIn(owner, dev, 'reported-one');
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  const revision = await submitted(owner, dev, gist);
  await decided(moderator, dev, gist, { decision: 'approve', revision });
  const reader = await open({ javaScriptEnabled: false });
  await writeGist(dev.gists, 'keen-reader', 'any', { title: 'Any gist' });
  await signIn(reader, dev, 'keen-reader');
  const there = await open();
  await signIn(there, dev, 'keen-reader');
  await reader.request.post(`${dev.url}/api/submissions/${gist.id}/report`, {
    data: { reason: 'personal_data', text: 'A phone number in line 3.' },
  });
  await reader.goto(`${dev.url}/account`);
  const told = reader.getByRole('region', { name: 'What you reported' });
  expect(await told.innerText()).toMatch(
    /(Hidden|Waiting)\..*Holds personal data.*A phone number in line 3\./s,
  );
  await decided(moderator, dev, gist, { decision: 'remove', revision, reason: 'personal_data' });
  await reader.reload();
  expect(await told.innerText()).toContain('Taken out. A moderator took the session out of the index.');
  const visitor = await open();
  await visitor.goto(`${dev.url}/log`);
  expect(await visitor.getByRole('region', { name: 'Reports' }).innerText()).toMatch(/Received\s*\d+/);

  const rows = reader.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem');
  expect(await rows.count()).toBe(2);
  await press(reader, rows.filter({ hasText: 'Another browser' }).getByRole('button'));
  expect(await notice(reader)).toContain('Ended.');
  expect(await rows.count()).toBe(1);
  expect((await there.goto(`${dev.url}/account`))?.status()).toBe(401);

  const page = await open({ storageState: await reader.context().storageState() });
  expect(await problemsAt(page, `${dev.url}/account`)).toEqual([]);
  await page.getByLabel('type your login').fill('nobody');
  await press(page, page.getByRole('button', { name: 'Erase my account' }));
  expect(await problems(page)).toEqual([]);
});
