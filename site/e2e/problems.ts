import { AxeBuilder } from '@axe-core/playwright';
import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const wide = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };
/** A page must reflow down to here: https://www.w3.org/TR/WCAG22/#reflow */
const narrowest = { width: 320, height: 568 };
const themes = ['light', 'dark'] as const;

/**
 * What keeps somebody from using a page, with everything on it unfolded: axe's findings with every rule on, in the
 * light and in the dark, and the problems of its layout. Empty when there is nothing.
 */
export async function problems(page: Page): Promise<string[]> {
  const found = await layoutProblems(page);
  for (const size of [wide, phone]) {
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(colorsSettled);
      found.push(...(await axe(page)).map((problem) => `${size.width} ${colorScheme}: ${problem}`));
    }
  }
  return found;
}

/** Goes to a page and tells what keeps somebody from using it, errors in the console included. */
export async function problemsAt(page: Page, address: string): Promise<string[]> {
  const errors: string[] = [];
  page.on('console', (message) => {
    // That a page answers with another status than 200 is an error to Chromium.
    const isOwnStatus = message.location().url === page.url() && message.text().startsWith('Failed to load');
    if (message.type() === 'error' && !isOwnStatus) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address);
  return [...(await problems(page)), ...errors];
}

/** Sideways scrolling, and controls smaller than 24 × 24 CSS pixels, on a wide screen and on phones. */
export async function layoutProblems(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.locator('details').evaluateAll(unfold);
  for (const size of [wide, phone, narrowest]) {
    await page.setViewportSize(size);
    const seen = [...(await page.evaluate(sidewaysScroll)), ...(await page.evaluate(smallControls))];
    found.push(...seen.map((problem) => `${size.width}: ${problem}`));
  }
  return found;
}

async function axe(page: Page): Promise<string[]> {
  // Every rule there is, experimental ones, those of level AAA and those given up since, too.
  const rules = Object.fromEntries(axeCore.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  // The other mode is for pages with frames, and takes three times as long.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ rules }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}

/** Runs in the page. Links take a moment to change their colour with the theme. */
async function colorsSettled(): Promise<void> {
  const running = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(running.map(({ finished }) => finished));
}

/** Runs in the page. */
function unfold(folds: Element[]): void {
  for (const fold of folds) fold.setAttribute('open', '');
}

/** Runs in the page. */
function sidewaysScroll(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1,
  );
  return [`${scrollWidth} px wide: ${wide.at(-1)?.outerHTML.slice(0, 120)}`];
}

/** Runs in the page. Links within a sentence are exempt, as WCAG 2.5.8 has it. */
function smallControls(): string[] {
  const smallest = 24;
  const controls = [
    ...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a'),
  ];
  return controls.flatMap((control) => {
    // A click on a label is a click on its control.
    const target = (control instanceof HTMLInputElement && control.closest('label')) || control;
    const { width, height } = target.getBoundingClientRect();
    const inline = control.tagName === 'A' && getComputedStyle(control).display === 'inline';
    if (inline || width === 0 || (width >= smallest && height >= smallest)) return [];
    return [`${width} × ${height} px is too small: ${control.outerHTML.slice(0, 120)}`];
  });
}

/** Errors of the page's scripts from now on. */
export function errorsOf(page: Page): () => string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return () => errors;
}
