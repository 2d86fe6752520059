import { browseVersion } from '../../browse/files.ts';
import { type Asked, readSelection, type Selection, selectionQuery } from '../../browse/selection.ts';
import type { Summary } from '../../browse/summary.ts';
import type { Published } from '../protocol.ts';
import { openAsking } from './asking.ts';
import { openForm } from './form.ts';
import { type After, openLook } from './look.ts';
import { part } from './part.ts';
import { openPlaces } from './places.ts';
import { addressOf, openResults } from './results.ts';
import { openTake } from './take.ts';
import { openWords } from './words.ts';

/** Brings the explorer to life: what its address asks for is what it shows. */
export function openExplorer(root: HTMLElement): void {
  const { browse = '', snapshot = '' } = root.dataset;
  const parts = part<HTMLTemplateElement>(root, '[data-parts]').content;
  const asking = openAsking({
    kind: 'open',
    browse,
    submissions: publishedIn(root, 'submissions.ndjson'),
    urls: publishedIn(root, 'urls.txt'),
  });
  const here = () => readSelection(new URLSearchParams(location.search));
  let asked = here();
  let summary: Promise<Summary | null> | null = null;
  const learn = (): Promise<Summary | null> => {
    summary ??= fetch(`${browse}summary.json`)
      .then((response) => (response.ok ? response.json() : null))
      // Another version is one of a site that was built anew while this page was open.
      .then((found: Summary | null) => (found?.browse_version === browseVersion ? found : null))
      .catch(() => null)
      .finally(() => {
        summary = null;
      });
    return summary;
  };

  const form = openForm(root, {
    full: part(parts, 'label'),
    learn,
    selection: () => asked.selection,
    changed: (next, typing) => go(next, 1, { typing }),
  });
  const words = openWords(root, parts, form.label, (selection) => go(selection));
  const results = openResults(root, parts);
  const take = openTake(root, snapshot, asking);
  const { newest, look } = openLook({ root, asking, form, words, results, take });
  const places = openPlaces((top) => show(here(), { top }));

  /** Goes to a page of a selection. */
  function go(selection: Selection, page = 1, { typing = false, after = null as After } = {}) {
    const address = addressOf(selection, page);
    const isHere = address === location.pathname + location.search;
    if (typing) places.rename(address);
    else places.go(address);
    if (!isHere) show({ selection, page, misunderstood: [] }, after);
  }

  function show(next: Asked, after: After) {
    asked = next;
    const { selection, page } = asked;
    form.show(selection);
    words.chips(selection);
    words.note(asked.misunderstood);
    words.gist(selection.text);
    if (selectionQuery(selection, page).size === 0) return newest(selection, after);
    look(asked, after);
    if (!form.knows(selection)) void nameOwners();
  }

  async function nameOwners() {
    const found = await learn();
    if (found === null) return;
    form.take(found);
    words.chips(asked.selection);
  }

  // Links to other pages of the list, and to other selections, stay on this page.
  root.addEventListener('click', (event) => {
    const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (!(target instanceof Element) || ctrlKey || metaKey || shiftKey || altKey) return;
    const link = target.closest<HTMLAnchorElement>('[data-pager] a, [data-clear], [data-page]');
    if (!link) return;
    event.preventDefault();
    const { pathname, searchParams } = new URL(link.href);
    const [, later] = /^\/sessions\/page\/(\d+)$/.exec(pathname) ?? [];
    if (later) searchParams.set('page', later);
    const { selection, page } = readSelection(searchParams);
    go(selection, page, { after: 'focus' });
  });

  show(asked, { top: places.top() });
  root.classList.add('live');
}

/** A published file that the page names. */
function publishedIn(root: HTMLElement, name: string): Published {
  const { href, dataset } = part<HTMLAnchorElement>(root, `[data-name="${name}"]`);
  return { address: href, bytes: Number(dataset.bytes) };
}
