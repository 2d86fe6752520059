import { keep, restore } from './drafts.ts';
import { fetchPage } from './fetch-page.ts';
import { read } from './reading.ts';
import { makeCurrent, nameOf, rowOf } from './rows.ts';

const wide = matchMedia('(width >= 64rem)');
/** How long a row is kept before its case is asked for, in ms: whoever runs down the list asks for one case only. */
const settling = 60;
let loading: AbortController | null = null;
let coming: Promise<boolean> = Promise.resolve(false);

/** Is there room for a case beside the queue? */
export function hasPane(): boolean {
  return wide.matches;
}

/** The case that is shown, or null. */
export function shownCase(): HTMLElement | null {
  return document.querySelector('[data-pane] [data-case]');
}

export function decisionForm(): HTMLFormElement | null {
  return shownCase()?.querySelector<HTMLFormElement>('[data-decide]') ?? null;
}

/** Shows a row's case beside the queue, as its page has it now. True once it stands there; false when another came first. */
export function show(row: HTMLElement): Promise<boolean> {
  coming = load(row);
  return coming;
}

/** Does something once the case that is on its way stands there. */
export async function onceShown(act: () => void): Promise<void> {
  await coming;
  act();
}

export function isLoading(): boolean {
  return document.querySelector('[data-pane]')?.ariaBusy === 'true';
}

async function load(row: HTMLElement): Promise<boolean> {
  const pane = document.querySelector<HTMLElement>('[data-pane]');
  const gistId = row.dataset.row ?? '';
  makeCurrent(row);
  if (!pane || !hasPane()) return false;
  loading?.abort();
  const own = new AbortController();
  loading = own;
  pane.ariaBusy = 'true';
  await new Promise((resolve) => setTimeout(resolve, settling));
  if (own.signal.aborted) return false;
  const page = await fetchPage(`/moderation/${gistId}`, own.signal);
  if (own.signal.aborted) return false;
  pane.ariaBusy = null;
  const found = page?.querySelector('[data-case], main > .lead');
  const failed = document.createElement('p');
  failed.textContent = 'This could not be loaded. Press o to try again.';
  keepDraft();
  pane.replaceChildren(found ? document.adoptNode(found) : failed);
  // The viewer brings the transcript in it to life.
  document.dispatchEvent(new Event('desk:shown'));
  settle();
  if (pane.getBoundingClientRect().top < 0) pane.scrollIntoView();
  return shownCase() !== null;
}

/** What is to be done about a case that has come to stand on the page. */
export function settle(): void {
  const shown = shownCase();
  const gistId = shown?.dataset.case ?? null;
  const form = decisionForm();
  if (gistId && form) restore(gistId, form);
  document.querySelector('[data-desk]')?.classList.toggle('opened', shown !== null);
  read(gistId);
  const address = new URL(location.href);
  if (gistId === null || gistId === address.searchParams.get('case')) return;
  // So that a reload comes back to it; the place in a transcript was one of the case before.
  address.searchParams.set('case', gistId);
  address.hash = '';
  history.replaceState(null, '', address);
}

export function keepDraft(): void {
  const form = decisionForm();
  const gistId = shownCase()?.dataset.case;
  if (form && gistId) keep(gistId, form);
}

/** The keyboard goes into the case. */
export function enter(): void {
  shownCase()?.querySelector<HTMLElement>('h2')?.focus();
}

/** The keyboard goes back to the row whose case is shown. */
export function goBack(): void {
  const row = rowOf(shownCase()?.dataset.case ?? '');
  if (row) nameOf(row)?.focus();
}
