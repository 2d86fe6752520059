import type { Page } from 'playwright-core';

/** What of a file is on the screen. */
export interface ScreenCounts {
  prompt: number;
  command: number;
  answer: number;
  call: number;
}

/** Waits until every file of the transcript was read, or could not be, and what is seen is on the page. */
export async function readWhole(page: Page): Promise<void> {
  await page.locator('.transcript .feed[aria-busy=false]').waitFor({ state: 'attached' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/**
 * Scrolls through a whole transcript, unfolding every subagent, and counts what comes by: the rows that say they count, by
 * the file whose head they come after. No row is counted twice.
 */
export async function countOnScreen(page: Page): Promise<ScreenCounts[]> {
  return await page.evaluate(countByScrolling);
}

/** Runs in the page. */
async function countByScrolling(): Promise<ScreenCounts[]> {
  const seen = new Set<string>();
  const files: ScreenCounts[] = [];
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const feed = document.querySelector('.feed');
  if (!feed) throw new Error('no feed');
  window.scrollTo(0, 0);
  for (;;) {
    await frame();
    for (const group of feed.querySelectorAll<HTMLElement>('[data-act=group][aria-expanded=false]'))
      group.click();
    await frame();
    for (const row of feed.querySelectorAll<HTMLElement>('.row')) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      if (row.dataset.kind === 'file') files.push({ prompt: 0, command: 0, answer: 0, call: 0 });
      const file = files.at(-1);
      const counts = row.dataset.counts as 'prompt' | 'command' | 'answer' | undefined;
      if (file && counts) file[counts] += 1;
      if (file && row.dataset.call !== undefined) file.call += 1;
    }
    if (window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2) return files;
    window.scrollBy({ top: window.innerHeight * 0.8, behavior: 'instant' });
  }
}
