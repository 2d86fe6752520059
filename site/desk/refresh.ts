import { fetchPage } from './fetch-page.ts';
import { rows, tell } from './rows.ts';
import { say } from './say.ts';

/** How often the queue is asked again, in ms. */
const every = 20_000;
/** Rows that left the queue and are looked after at once; the others wait for the next time. */
const mostGone = 5;

/** Asks the queue again while the page is seen. Rows change in place; none comes, goes or moves under the cursor. */
export function startRefreshing(): void {
  const ask = () => {
    if (document.visibilityState === 'visible') void refresh();
  };
  setInterval(ask, every);
  document.addEventListener('visibilitychange', ask);
}

async function refresh(): Promise<void> {
  const address = new URL(location.href);
  address.searchParams.delete('case');
  const page = await fetchPage(address.pathname + address.search);
  if (!page?.querySelector('[data-list]')) return;
  const fresh = new Map(
    [...page.querySelectorAll<HTMLElement>('[data-row]')].map((row) => [row.dataset.row, row]),
  );
  const known = rows();
  for (const row of known) {
    const now = fresh.get(row.dataset.row);
    if (now) renew(row, now);
  }
  const ids = new Set(known.map((row) => row.dataset.row));
  count(page, [...fresh.keys()].filter((id) => !ids.has(id)).length);
  const gone = known.filter((row) => !fresh.has(row.dataset.row) && isOpen(row));
  await Promise.all(gone.slice(0, mostGone).map(tellFate));
}

const isOpen = ({ dataset }: HTMLElement) => dataset.state === undefined || dataset.state === 'skipped';

function renew(row: HTMLElement, now: HTMLElement): void {
  const [old, renewed] = [row, now].map((each) => each.querySelector('[data-renewed]'));
  if (old && renewed && !old.isEqualNode(renewed)) old.replaceChildren(...renewed.childNodes);
  if (row.dataset.revision === now.dataset.revision) return;
  row.dataset.revision = now.dataset.revision;
  const [box, choice] = [row, now].map((each) => each.querySelector<HTMLInputElement>('[name=row]'));
  // Whoever chose the row had the revision before in mind.
  if (box) box.checked = false;
  if (box && choice) box.value = choice.value;
  if (isOpen(row)) tell(row, ['Its gist was edited. Open it to read the new revision.']);
}

/** What became of a row that waits no more: who decided what. */
async function tellFate(row: HTMLElement): Promise<void> {
  const page = await fetchPage(`/moderation/${row.dataset.row}`);
  const fate = page?.querySelector('[data-fate]')?.textContent?.trim();
  if (!fate || !isOpen(row)) return;
  tell(row, [fate], 'done');
  say(`${row.dataset.title}: ${fate}`);
}

function count(page: Document, more: number): void {
  const counts = [...page.querySelectorAll('[data-count]')];
  for (const [i, place] of [...document.querySelectorAll('[data-count]')].entries()) {
    place.textContent = counts[i]?.textContent ?? '';
  }
  const link = document.querySelector<HTMLElement>('[data-more]');
  if (!link) return;
  link.hidden = more === 0;
  link.textContent = `${more} more ${more === 1 ? 'waits' : 'wait'} now: show the queue as it is`;
}
