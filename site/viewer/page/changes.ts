import type { FileToRead } from '../protocol.ts';
import { isTrouble } from '../trouble.ts';
import { element } from './element.ts';
import { diffElement } from './parts.ts';
import { openReader, type Reader } from './reader.ts';
import { troubleSentence } from './sentences.ts';

/**
 * Shows what was changed in the files that were edited since an earlier revision, each when it is unfolded. Returns what
 * ends it.
 */
export function openChanges(section: HTMLElement): () => void {
  let reader: Reader | null = null;
  const nobody = () => {};
  section.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement)) return;
      const place = target.querySelector('.parts');
      // What could not be had is asked for again when the fold is opened again.
      if (!target.open) place?.querySelector('.trouble')?.remove();
      if (!target.open || !place || place.childElementCount > 0) return;
      place.replaceChildren(element('p', { class: 'small quiet' }, 'Comparing.'));
      reader ??= openReader({ rows: nobody, done: nobody, trouble: nobody });
      void show(place.parentElement ?? section, place, reader);
    },
    true,
  );
  return () => reader?.close();
}

async function show(fold: HTMLElement, place: Element, reader: Reader): Promise<void> {
  const change = await reader.ask('compare', {
    before: sideOf(fold, 'before'),
    after: sideOf(fold, 'after'),
  });
  if (isTrouble(change)) {
    const { what, next } = troubleSentence(change);
    place.replaceChildren(element('p', { class: 'trouble' }, element('strong', {}, what), ` ${next}`));
  } else place.replaceChildren(diffElement('', change.lines, change.cut));
}

function sideOf(fold: HTMLElement, side: 'before' | 'after'): FileToRead | null {
  const link = fold.querySelector<HTMLElement>(`[data-side=${side}]`);
  if (!link) return null;
  const { url = '', bytes, sha = '', name = '' } = link.dataset;
  return { name, url, bytes: Number(bytes), gitBlobSha: sha };
}
