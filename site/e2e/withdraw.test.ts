import { expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, publishedLines, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, notice, press, signIn, unfold } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('an owner takes a listed session back, alone, and its departure is published', async () => {
  const gist = await writeGist(dev.gists, 'leaver', 'leaving', { title: 'A session its owner takes back' });
  const owner = await open({ javaScriptEnabled: false });
  await signIn(owner, dev, gist.login);
  const revision = await submitted(owner, dev, gist);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  await decided(moderator, dev, gist, { decision: 'approve', revision });
  await exportDataset(dev);

  const visitor = await open();
  const page = `${dev.url}/sessions/${gist.id}`;
  expect((await visitor.goto(page))?.status()).toBe(200);

  await owner.reload();
  const mine = card(owner, gist.title);
  await unfold(owner, mine, 'Withdraw');
  await press(owner, mine.getByRole('button', { name: 'Withdraw it now' }));
  expect(owner.url()).toBe(`${dev.url}/mine`);
  expect(await notice(owner)).toContain('Withdrawn.');
  expect(await mine.innerText()).toMatch(/Withdrawn.*Not listed/s);
  await exportDataset(dev);

  expect((await visitor.reload())?.status()).toBe(404);
  expect(await visitor.getByRole('heading', { level: 1 }).innerText()).toBe('Not listed');
  await visitor.getByRole('link', { name: 'Look for its departure' }).click();
  expect(await visitor.getByRole('main').innerText()).toMatch(
    /It is not listed\. It left on .*: taken back by its owner/,
  );
  await visitor.goto(`${dev.url}/sessions`);
  expect(await visitor.getByText(gist.title).count()).toBe(0);
  const rows = await publishedLines(visitor, `${dev.url}/dataset/latest/submissions.ndjson`);
  expect(rows.map((row) => row.gist_id)).not.toContain(gist.id);
  const departures = await publishedLines(visitor, `${dev.url}/dataset/latest/removed.ndjson`);
  const departed = departures.filter((line) => line.gist_id === gist.id);
  expect(departed).toEqual([expect.objectContaining({ kind: 'withdrawn', gist_version: revision })]);
  expect(JSON.stringify(departed)).not.toContain('leaver');
  await visitor.goto(`${dev.url}/log`);
  expect(await visitor.getByRole('row').filter({ hasText: gist.id }).first().innerText()).toContain(
    'withdrawn',
  );
});
