import type { Locator, Page } from 'playwright-core';
import type { Dev } from '../../actions/dev/testing.ts';

/** Signs in by way of the stand-in's accounts page, and comes back to `path`. */
export async function signIn(
  page: Page,
  { url }: Pick<Dev, 'url'>,
  login: string,
  path = '/mine',
): Promise<void> {
  await page.goto(`${url}/sign-in?return_to=${encodeURIComponent(path)}`);
  await press(page, page.getByRole('link', { name: 'Sign in with GitHub' }).last());
  await fill(page, page.getByLabel('Another login'), login);
  await press(page, page.getByRole('button', { name: 'Sign in' }));
  await page.waitForURL(url + path);
}

/** The first step of a submission: an address, typed into its field, leads to what would be published. */
export async function check(page: Page, { url }: Pick<Dev, 'url'>, gist: string): Promise<void> {
  await page.goto(`${url}/submit`);
  await fill(page, page.getByLabel('Address of the gist'), gist);
  await press(page, page.getByRole('button', { name: 'Check this gist' }));
}

/** The second step: licence, statement, and off. Leaves out what is not given. */
export async function confirm(
  page: Page,
  { license, attested }: { license?: string; attested?: boolean },
): Promise<void> {
  if (license !== undefined) await choose(page, page.getByRole('group', { name: 'Licence' }), license);
  if (attested) await tick(page, page.getByRole('checkbox', { name: 'I confirm' }));
  await press(page, page.getByRole('button', { name: 'Submit this gist' }));
}

/** The card of one submission, under My submissions or on its page for moderators. */
export function card(page: Page, title: string): Locator {
  return page.getByRole('article', { name: title, exact: true });
}

/** The row of one submission in the moderators' queue. */
export function queueRow(page: Page, title: string): Locator {
  return page.locator('[data-row]').filter({ has: page.getByRole('link', { name: title, exact: true }) });
}

/** From its row in the queue to a submission's own page. */
export async function openCase(page: Page, title: string): Promise<void> {
  await press(page, queueRow(page, title).getByRole('link', { name: title, exact: true }));
}

/** What the page says of the form sent last. */
export async function notice(page: Page): Promise<string> {
  return await page.locator('main').locator('[role=alert], [role=status]').first().innerText();
}

/** Goes to a link or button by Tab, presses it, and waits for the page it leads to. */
export async function press(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
}

/** Unfolds what stands behind these words. */
export async function unfold(page: Page, within: Locator, words: string): Promise<void> {
  await tabTo(page, within.locator('summary', { hasText: words }));
  await page.keyboard.press('Enter');
}

/** Goes to a field by Tab and types. */
export async function fill(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Goes to a box and ticks it. */
export async function tick(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('Space');
}

/** Goes into a group of radio buttons, by Tab, and to one of them, by the arrow keys. */
async function choose(page: Page, group: Locator, name: string): Promise<void> {
  const chosen = group.getByRole('radio', { name });
  await tabTo(page, group.getByRole('radio').first());
  await page.keyboard.press('Space');
  for (let steps = await group.getByRole('radio').count(); steps > 0; steps -= 1) {
    if (await chosen.isChecked()) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${name} cannot be reached by the arrow keys`);
}

const mostTabs = 300;

/** Presses Tab until the control has the focus, as somebody without a mouse does. Throws when it never gets it. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${control} cannot be reached by Tab`);
}
