/** The rows of the queue as they stand on the page. Nothing here is remembered elsewhere: the page is the state. */

/** All rows, in the order of the page. */
export function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-row]')];
}

export function rowOf(gistId: string): HTMLElement | null {
  return rows().find((row) => row.dataset.row === gistId) ?? null;
}

/** The row whose case is shown. */
export function currentRow(): HTMLElement | null {
  return document.querySelector('[data-row] [aria-current]')?.closest<HTMLElement>('[data-row]') ?? null;
}

/** The link that is a row's name, and takes the focus for it. */
export function nameOf(row: HTMLElement): HTMLElement | null {
  return row.querySelector('a');
}

export function makeCurrent(row: HTMLElement): void {
  for (const each of rows()) nameOf(each)?.removeAttribute('aria-current');
  nameOf(row)?.setAttribute('aria-current', 'true');
}

/** The row `step` further, or null at either end. */
export function neighbour(step: 1 | -1): HTMLElement | null {
  const all = rows();
  const row = currentRow();
  return (row ? all[all.indexOf(row) + step] : all[0]) ?? null;
}

/** The next row nothing was done about: below first, then from the top. */
export function nextOpen(): HTMLElement | null {
  const all = rows();
  const row = currentRow();
  const at = row ? all.indexOf(row) : -1;
  const isOpen = (each: HTMLElement) => each !== row && each.dataset.state === undefined;
  return [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find(isOpen) ?? null;
}

/** What the row says became of it. `state` marks a row that needs no more; without one it waits again. */
export function tell(row: HTMLElement, words: (string | Node)[], state?: 'held' | 'done' | 'skipped'): void {
  row.querySelector('[data-outcome]')?.replaceChildren(...words);
  if (state === undefined) delete row.dataset.state;
  else row.dataset.state = state;
  const box = row.querySelector<HTMLInputElement>('input[type=checkbox]');
  if (!box) return;
  box.disabled = state === 'held' || state === 'done';
  if (box.disabled) box.checked = false;
}
