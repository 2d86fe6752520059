import type { Browser, Page } from 'playwright-core';
import type { Host } from './host.ts';
import { type Memory, memoryOf } from './memory.ts';
import { type Frames, installProbe, type Probe } from './probe.ts';

/** A page that shows the session, and how one sees what it does. */
export interface Viewer {
  address: string;
  /** Path of the file that brings the session, at the host. */
  file: string;
  /** The first prompt, and what is there only once the whole session is. */
  first: string;
  whole: string;
  /** What scrolls; null: the page. */
  scroller: string | null;
  /** Its own search: the key that leads there or the field, and where it answers. Null: it has none. */
  find: { field: string; key: string | null; answer: string } | null;
}

/** What was seen of a viewer in one round: times in milliseconds, memory in MB. */
export interface Look extends Memory {
  first: number;
  whole: number;
  wheel: Frames;
  jumps: Frames;
  slowWheel: Frames;
  slowJumps: Frames;
  elements: number;
  nodes: number;
  often: number | null;
  nowhere: number | null;
}

/** Steps in which the whole session is scrolled, and places that are jumped to. */
const steps = 200;
const places = 90;
/** A word of every few lines of the session, and one that is not among them. */
const words = { often: 'bracket', nowhere: 'zebra' };
const slowness = 4;

declare const probe: Probe;

/** Opens the session in a window of its own and does with it what a reader does. */
export async function look(browser: Browser, host: Host, viewer: Viewer): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.addInitScript(installProbe, { first: viewer.first, whole: viewer.whole });
    await page.goto(viewer.address);
    await page.waitForFunction(() => probe.shown.first !== null && probe.shown.whole !== null);
    const shown = await page.evaluate(() => probe.shown);
    const began = host.beganAt(viewer.file);

    const devtools = await context.newCDPSession(page);
    const slow = (rate: number) => devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const jump = () =>
      page.evaluate(([scroller, count]) => probe.jump(scroller, count), [viewer.scroller, places] as const);
    const wheel = await wheelThrough(page, viewer.scroller);
    const jumps = await jump();
    await slow(slowness);
    const slowWheel = await wheelThrough(page, viewer.scroller);
    const slowJumps = await jump();
    await slow(1);
    const counted = await page.evaluate((scroller) => probe.count(scroller), viewer.scroller);
    const often = await find(page, viewer, words.often);
    const nowhere = await find(page, viewer, words.nowhere);
    const memory = await memoryOf(browser, devtools);
    if (problems.length > 0) throw new Error(`${viewer.address}: ${problems.join('; ')}`);
    return {
      first: Number(shown.first) - began,
      whole: Number(shown.whole) - began,
      wheel,
      jumps,
      slowWheel,
      slowJumps,
      ...counted,
      often,
      nowhere,
      ...memory,
    };
  } finally {
    await context.close();
  }
}

/** From the top to the end by the mouse's wheel. */
async function wheelThrough(page: Page, scroller: string | null): Promise<Frames> {
  const scrolled = () => page.evaluate((where) => probe.scrolled(where), scroller);
  const size = page.viewportSize();
  await page.mouse.move((size?.width ?? 0) * 0.7, (size?.height ?? 0) / 2);
  for (let { top } = await scrolled(); top > 0; { top } = await scrolled()) await page.mouse.wheel(0, -top);
  const { most } = await scrolled();
  const end = await page.evaluateHandle(() => probe.collect());
  for (let step = 1; step <= steps * 2; step += 1) {
    await page.mouse.wheel(0, Math.ceil(most / steps));
    if (step < steps || step % 10 > 0) continue;
    const now = await scrolled();
    if (now.top >= now.most - 1) return await end.evaluate((stop) => stop());
  }
  throw new Error('the end of the session was not reached by the wheel');
}

async function find(page: Page, { find: own }: Viewer, word: string): Promise<number | null> {
  if (own === null) return null;
  await page.locator(own.field).fill('');
  await page.waitForTimeout(500);
  if (own.key === null) await page.locator(own.field).focus();
  else {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(own.key);
  }
  // Being in an object, it is not waited for here.
  const waiting = await page.evaluateHandle((answer) => ({ told: probe.answer(answer) }), own.answer);
  await page.keyboard.insertText(word);
  return await waiting.evaluate(({ told }) => told);
}
