import type { FileToRead } from '../protocol.ts';
import { isTrouble } from '../trouble.ts';
import { element } from './element.ts';
import { diffElement } from './parts.ts';
import type { Reader } from './reader.ts';
import { troubleSentence } from './sentences.ts';

/** Lets the files that were edited since an earlier revision show what was changed in them, when they are unfolded. */
export function bindChanges(section: HTMLElement, reader: () => Reader): void {
  for (const fold of section.querySelectorAll<HTMLDetailsElement>('details.change')) {
    fold.addEventListener('toggle', () => {
      const place = fold.querySelector('.parts');
      if (!fold.open || !place || place.childElementCount > 0) return;
      place.replaceChildren(element('p', { class: 'small quiet' }, 'Comparing.'));
      void show(fold, place, reader());
    });
  }
}

async function show(fold: HTMLElement, place: Element, reader: Reader): Promise<void> {
  const change = await reader.ask('compare', {
    before: sideOf(fold, 'before'),
    after: sideOf(fold, 'after'),
  });
  if (isTrouble(change)) {
    const { what, next } = troubleSentence(change);
    place.replaceChildren(element('p', {}, element('strong', {}, what), ` ${next}`));
  } else place.replaceChildren(diffElement('', change.lines, change.cut));
}

function sideOf(fold: HTMLElement, side: 'before' | 'after'): FileToRead | null {
  const link = fold.querySelector<HTMLElement>(`[data-side=${side}]`);
  if (!link) return null;
  const { url = '', bytes, sha = '', name = '' } = link.dataset;
  return { name, url, bytes: Number(bytes), gitBlobSha: sha };
}
