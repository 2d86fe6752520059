import type { Page } from 'playwright-core';

/** What has the focus, as somebody at a keyboard finds it. */
export interface Stop {
  /** Its words, or its name. */
  name: string;
  /** Its place among all elements of the page; -1 when nothing has the focus. */
  place: number;
  /** Why one could not tell that it has the focus; null when one can. */
  unseen: string | null;
}

/** What has the focus now. */
export async function stopAt(page: Page): Promise<Stop> {
  return await page.evaluate(focused);
}

/**
 * Presses Tab from here until nothing more has the focus, as after a page's last control, and returns every stop. Throws
 * when that does not come: then the keyboard is trapped.
 */
export async function stopsToTheEnd(page: Page): Promise<Stop[]> {
  const most = 2 + (await page.evaluate(() => document.querySelectorAll('*').length));
  const stops: Stop[] = [];
  while (stops.length < most) {
    await page.keyboard.press('Tab');
    const stop = await stopAt(page);
    if (stop.place === -1 || stop.place === stops[0]?.place) return stops;
    stops.push(stop);
  }
  throw new Error(`${page.url()} holds the keyboard at ${stops.at(-1)?.name}`);
}

/** Stops that cannot be seen, or come before one they stand behind. */
export function stopProblems(stops: readonly Stop[]): string[] {
  return stops.flatMap(({ name, place, unseen }, i) => {
    const before = stops[i - 1];
    const found = unseen === null ? [] : [`${name}: ${unseen}`];
    return before && before.place > place ? [...found, `${name} comes after ${before.name}`] : found;
  });
}

/** Runs in the page. */
function focused(): Stop {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement)
    return { name: '', place: -1, unseen: null };
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  const unseen = () => {
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return 'has no line around it';
    if (/^transparent|,\s*0\)$/.test(outlineColor)) return 'has a line of no colour';
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return 'is hidden';
    if (width < 2 || height < 2) return 'is too small to see';
    const inView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    return inView ? null : 'is out of view';
  };
  const words = element.getAttribute('aria-label') ?? element.textContent ?? '';
  return {
    name:
      (element.getAttribute('name') ?? words).trim().replaceAll(/\s+/g, ' ').slice(0, 60) || element.tagName,
    place: [...document.querySelectorAll('*')].indexOf(element),
    unseen: unseen(),
  };
}
