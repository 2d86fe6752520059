import { expect, inject, test } from 'vitest';
import { submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, notice, openCase, press, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('a gist edited while a moderator reads it is not approved before the new revision was shown', async () => {
  const title = 'A gist that is edited meanwhile';
  const gist = await writeGist(dev.gists, 'editor', 'moving', { title });
  const contributor = await open();
  await signIn(contributor, dev, gist.login);
  const first = await submitted(contributor, dev, gist);

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  await openCase(moderator, title);
  const waiting = card(moderator, title);
  const read = waiting.getByRole('link', { name: 'Read revision' });
  expect(await read.getAttribute('href')).toBe(`${gist.url}/${first}`);

  const note = 'Read to the end of the first file.';
  await waiting.getByLabel('Note to the contributor').fill(note);
  await writeGist(dev.gists, 'editor', 'moving', { title, files: { 'second.jsonl': '{"type":"user"}\n' } });
  await press(moderator, waiting.getByRole('button', { name: 'Approve' }));
  const said = await notice(moderator);
  expect(said).toContain('Not done. The gist has changed since that revision');
  const second = (await read.getAttribute('href'))?.slice(-40);
  expect(second).not.toBe(first);
  expect(said).toContain(second);
  expect(moderator.url()).toBe(`${dev.url}/moderation/${gist.id}`);
  expect(await waiting.innerText()).toMatch(/Pending.*second\.jsonl/s);
  expect(await waiting.getByLabel('Note to the contributor').inputValue()).toBe(note);

  await press(moderator, waiting.getByRole('button', { name: 'Approve' }));
  expect(await notice(moderator)).toContain('Approved.');
  await contributor.reload();
  const revision = card(contributor, title).getByRole('link', { name: second?.slice(0, 7) });
  expect(await revision.getAttribute('href')).toBe(`${gist.url}/${second}`);
});
