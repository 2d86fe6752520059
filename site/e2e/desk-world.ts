import type { Page } from 'playwright-core';
import { type Dev, devFolder, type RunningDev, startDev } from '../../actions/dev/testing.ts';
import { submitted } from './behind-the-page.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { signIn } from './people.ts';
import { claudeSession } from './sessions.ts';

/** The second moderator of a desk; `moderator` is the first. */
export const second = 'second-moderator';

/** Development with two moderators and nothing in its queue. */
export async function startDesk(): Promise<RunningDev> {
  const dev = await startDev(await devFolder(), [second]);
  await writeGist(dev.gists, second, 'own', { title: 'Of a moderator' });
  return dev;
}

/** Writes gists with these titles and submits them one after the other, as their owner in a window of their own. */
export async function waiting(
  page: Page,
  dev: Dev,
  login: string,
  titles: readonly string[],
): Promise<WrittenGist[]> {
  const gists: WrittenGist[] = [];
  for (const title of titles) {
    const files = { 'session.jsonl': claudeSession({ prompt: title }) };
    gists.push(await writeGist(dev.gists, login, gistName(title), { title, files }));
  }
  await signIn(page, dev, login);
  for (const gist of gists) await submitted(page, dev, gist);
  return gists;
}

/** The folder a gist of `waiting` is in. */
export const gistName = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

interface Standing {
  state: string;
  revision: string;
  reason: string | null;
  note: string | null;
  escalated: { by: string; note: string | null } | null;
  readers: { login: string }[];
  history: { move: string; by: string | null }[];
}

/** Where a submission stands, by the API's word. */
export async function standing(page: Page, { url }: Dev, { id }: Pick<WrittenGist, 'id'>): Promise<Standing> {
  return await (await page.request.get(`${url}/api/moderation/${id}`)).json();
}

/** Waits until the case with this title stands beside the queue. */
export async function shown(page: Page, title: string): Promise<void> {
  const pane = page.locator('[data-pane]:not([aria-busy])');
  await pane.getByRole('article', { name: title, exact: true }).waitFor();
}

/** What has the focus, as one would call it. */
export async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => (document.activeElement?.textContent ?? '').trim());
}
