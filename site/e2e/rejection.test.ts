import { expect, inject, test } from 'vitest';
import { reasons } from '#domain/moderation.ts';
import { submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, fill, notice, openCase, press, queueRow, signIn, unfold } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('reason and note of a rejection reach the contributor, whose answer reaches the moderators, once', async () => {
  const gist = await writeGist(dev.gists, 'answerer', 'notes', { title: 'Notes rather than a session' });
  const note = 'These are notes.\nWhere is the session?';
  const answer = 'It is in the second file; the first is its summary.';
  const contributor = await open({ javaScriptEnabled: false });
  await signIn(contributor, dev, gist.login);
  await submitted(contributor, dev, gist);

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  await openCase(moderator, gist.title);
  const waiting = card(moderator, gist.title);
  await waiting.getByLabel('Note to the contributor').fill(note);
  await press(moderator, waiting.getByRole('button', { name: 'Reject' }));
  expect(await notice(moderator)).toContain('Not done.');
  expect(await waiting.getByLabel('Note to the contributor').inputValue()).toBe(note);

  await waiting.getByRole('radio', { name: reasons.not_a_session }).check();
  await press(moderator, waiting.getByRole('button', { name: 'Reject' }));
  expect(await notice(moderator)).toContain('Rejected.');
  expect(await queueRow(moderator, gist.title).count()).toBe(0);

  await contributor.reload();
  const mine = card(contributor, gist.title);
  const shown = await mine.innerText();
  expect(shown).toContain('Rejected');
  expect(shown).toContain(reasons.not_a_session);
  expect(shown).toContain('These are notes.');
  expect(shown).toContain('Where is the session?');

  await unfold(contributor, mine, 'Answer the rejection');
  await fill(contributor, mine.getByLabel('Your answer'), answer);
  await press(contributor, mine.getByRole('button', { name: 'Send the answer' }));
  expect(await notice(contributor)).toContain('Your answer was sent.');
  expect(await mine.innerText()).toContain('Pending');

  await moderator.goto(`${dev.url}/moderation`);
  expect(await queueRow(moderator, gist.title).innerText()).toContain('Appealed');
  await openCase(moderator, gist.title);
  expect(await waiting.innerText()).toContain(answer);
  expect(await waiting.innerText()).toContain(`It was rejected by moderator: ${reasons.not_a_session}`);
  await waiting.getByRole('radio', { name: reasons.not_a_session }).check();
  await press(moderator, waiting.getByRole('button', { name: 'Reject' }));

  await contributor.reload();
  expect(await mine.innerText()).toContain('Rejected');
  expect(await mine.getByText('Answer the rejection').count()).toBe(0);

  await press(contributor, mine.getByRole('link', { name: 'Check and submit it again' }));
  expect(await contributor.getByRole('region', { name: 'Not to be submitted' }).innerText()).toContain(
    'This revision was submitted already and rejected.',
  );
  expect(await contributor.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
  expect(await contributor.getByRole('main').innerText()).toContain('It cannot be submitted as it is.');
});
