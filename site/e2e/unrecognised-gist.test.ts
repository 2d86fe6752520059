import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, check, confirm, notice, queueRow, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('a gist in which no session is recognised is taken, and the moderator is told', async () => {
  const files = { 'packing.txt': 'Socks, a lamp and the blue notebook.\n' };
  const gist = await writeGist(dev.gists, 'packer', 'list', { title: 'What to pack', files });
  const owner = await open({ javaScriptEnabled: false });
  await signIn(owner, dev, gist.login);
  await check(owner, dev, gist.url);
  expect(await owner.getByRole('region', { name: 'Recognised' }).innerText()).toMatch(
    /No session was recognised in it\..*packing\.txt\s+No session/s,
  );
  expect(await card(owner, gist.title).innerText()).toMatch(/Agent\s+not known.*Prompts\s+not known/s);
  await confirm(owner, { license: 'CC0-1.0', attested: true });
  expect(await notice(owner)).toContain('Submitted.');

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await queueRow(moderator, gist.title).innerText()).toContain('No session recognised');
  await moderator.goto(`${dev.url}/moderation/${gist.id}`);
  expect(await card(moderator, gist.title).innerText()).toContain('No session recognised');
});
