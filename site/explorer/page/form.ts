import type { Card } from '../../browse/card.ts';
import { type FacetName, facetNames } from '../../browse/facets.ts';
import { type Selection, type SortName, sortNames } from '../../browse/selection.ts';
import type { Summary } from '../../browse/summary.ts';
import { bindKeySwitch, keysAreOn } from '../../scripts/single-keys.ts';
import type { Counts, Others } from '../protocol.ts';
import { openFacet } from './facet.ts';
import { part } from './part.ts';
import { withValue } from './steps.ts';

/** How long typing has to rest until it is looked for, in ms. */
const resting = 250;

interface FormOptions {
  full: HTMLLabelElement;
  learn(): Promise<Summary | null>;
  selection(): Selection;
  /** Something else is selected; `typing` while it is not yet meant. */
  changed(next: Selection, typing: boolean): void;
}

/** The form that narrows and sorts, from now on seen and working. */
export function openForm(root: HTMLElement, { full, learn, selection, changed }: FormOptions) {
  const form = part<HTMLFormElement>(root, '[data-form]');
  const narrow = part<HTMLDetailsElement>(form, '[data-narrow]');
  const words = part<HTMLInputElement>(form, '[name=q]');
  const order = part<HTMLSelectElement>(form, '[name=sort]');
  const [from, to] = ['from', 'to'].map((name) => form.querySelector<HTMLSelectElement>(`[name=${name}]`));
  const facets = [...form.querySelectorAll<HTMLDetailsElement>('[data-facet]')].map((each) =>
    openFacet(each, full, learn),
  );
  let timer = 0;

  if (from && to) to.append(...[...from.options].slice(1).map((option) => option.cloneNode(true)));
  form.hidden = false;
  const wide = matchMedia('(width >= 60rem)');
  const unfold = () => {
    narrow.open = wide.matches;
  };
  wide.addEventListener('change', unfold);
  unfold();

  const changedTo = (next: Selection) => {
    clearTimeout(timer);
    // What was typed and not yet looked for is meant, too.
    changed({ ...next, text: words.value.trim() }, false);
  };
  const isFacet = (name: string): name is FacetName => (facetNames as readonly string[]).includes(name);
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && isFacet(target.name))
      changedTo(withValue(selection(), target.name, target.value, target.checked));
    if (target === order) changedTo({ ...selection(), sort: order.value as SortName });
    if (target === from || target === to)
      changedTo({ ...selection(), from: from?.value || null, to: to?.value || null });
  });
  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => changed({ ...selection(), text: words.value.trim() }, true), resting);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    changedTo(selection());
  });

  for (const box of form.querySelectorAll<HTMLInputElement>('[data-keys-on]')) bindKeySwitch(box);
  document.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, altKey, metaKey } = event;
    const typing =
      target instanceof Element && target.closest('input:not([type=checkbox]), select, textarea');
    if (key !== '/' || ctrlKey || altKey || metaKey || typing || event.isComposing || !keysAreOn()) return;
    event.preventDefault();
    words.focus();
    words.select();
  });

  const owners = facets.find(({ name }) => name === 'contributor');
  return {
    /** What a value of a facet is called where its name alone does not say it. */
    label: (facet: string, value: string) =>
      facet === 'contributor' ? (owners?.label(value) ?? null) : null,
    /** Is it known what all that is chosen is called? */
    knows: ({ facets: { contributor = [] } }: Selection) =>
      contributor.every((id) => (owners?.label(id) ?? null) !== null),
    /** Learns what the owners of sessions are called. */
    meet(cards: readonly Card[]) {
      for (const { gist_owner_id, gist_owner_login } of cards) owners?.call(gist_owner_id, gist_owner_login);
    },
    take(summary: Summary) {
      for (const facet of facets) facet.take(summary);
    },
    /** Shows a selection in all controls. What is being typed stays. */
    show(shown: Selection) {
      clearTimeout(timer);
      if (words.value.trim() !== shown.text) words.value = shown.text;
      order.value = sortNames.includes(shown.sort) ? shown.sort : 'newest';
      for (const [select, month] of [
        [from, shown.from],
        [to, shown.to],
      ] as const) {
        if (!select) continue;
        // A month in which nothing began can be asked for all the same.
        if (month !== null && ![...select.options].some(({ value }) => value === month))
          select.append(new Option(month, month));
        select.value = month ?? '';
      }
      const chosen = facetNames.reduce((sum, name) => sum + (shown.facets[name]?.length ?? 0), 0);
      part(narrow, 'summary').textContent = chosen === 0 ? 'Narrow down' : `Narrow down (${chosen} chosen)`;
    },
    /** Shows how many of the selected sessions have each value. */
    count(shown: Selection, counts: Counts | 'all' | 'unknown', others: Others = {}) {
      for (const facet of facets) {
        const counted = typeof counts === 'string' ? counts : (counts[facet.name] ?? 'unknown');
        facet.show(shown.facets[facet.name] ?? [], counted, others[facet.name]);
      }
    },
    /** Counts are being made: those shown are of another selection. */
    stale: (is: boolean) => form.classList.toggle('stale', is),
  };
}
export type Form = ReturnType<typeof openForm>;
