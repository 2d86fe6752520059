import type { FacetName } from '../../browse/facets.ts';
import type { Summary } from '../../browse/summary.ts';
import { countText } from '../../wording/figures.ts';
import { valueText } from '../../wording/selection.ts';
import { copyOf, part } from './part.ts';
import { type Counted, type Offer, offersOf } from './steps.ts';

/** Most values that are shown at once: contributors’ own words are as many as they like. */
const mostShown = 300;

/** A facet of the form. `full` is a value to copy; `learn` fetches what the page did not bring, once. */
export function openFacet(
  root: HTMLDetailsElement,
  full: HTMLLabelElement,
  learn: () => Promise<Summary | null>,
) {
  const name = root.dataset.facet as FacetName;
  const shown = Number(root.dataset.shown);
  const list = part(root, '[data-values]');
  const rest = root.querySelector<HTMLButtonElement>('[data-rest]');
  const rarer = part(root, '[data-rarer]');
  const restInAll = rest?.textContent ?? '';
  const elements = new Map<string, HTMLLabelElement>();
  const known = new Map<string, number>();
  const labels = new Map<string, string>();
  let chosen: readonly string[] = [];
  let counts: Counted = 'all';
  let others: Readonly<Record<string, number>> | undefined;
  let unfolded = false;
  let learnt = false;

  for (const label of list.querySelectorAll('label')) {
    const { value } = part<HTMLInputElement>(label, 'input');
    elements.set(value, label);
    known.set(value, Number(part<HTMLDataElement>(label, 'data').value));
    labels.set(value, part(label, 'bdi').textContent ?? '');
  }

  const elementOf = ({ value, sessions, chosen: is }: Offer): HTMLLabelElement => {
    const label = elements.get(value) ?? copyOf(full);
    elements.set(value, label);
    const box = part<HTMLInputElement>(label, 'input');
    box.name = name;
    box.value = value;
    box.checked = is;
    part(label, 'bdi').textContent = valueText(name, value, labels.get(value));
    const count = part<HTMLDataElement>(label, 'data');
    count.value = String(sessions ?? '');
    count.textContent = sessions === null ? '' : countText(sessions);
    label.classList.toggle('none', sessions === 0);
    return label;
  };

  const draw = () => {
    const offers = offersOf(name, known, chosen, counts, others);
    const most = unfolded ? mostShown : Math.max(shown, chosen.length);
    const wanted = offers.slice(0, most).map(elementOf);
    if (wanted.length !== list.children.length || wanted.some((each, at) => each !== list.children[at])) {
      const focused = document.activeElement;
      const within = focused instanceof HTMLElement && list.contains(focused) ? focused : null;
      list.replaceChildren(...wanted);
      // A value that was given up may be too rare to stay.
      const next = list.contains(within) ? within : part(root, 'summary');
      if (within) next?.focus({ preventScroll: true });
    }
    if (!rest) return;
    const left = offers.slice(most).filter(({ sessions }) => sessions !== 0).length;
    rest.hidden = !unfolded && counts !== 'all' && left === 0;
    rest.ariaExpanded = String(unfolded);
    rest.textContent = unfolded ? 'Fewer' : counts === 'all' ? restInAll : `${countText(left)} more`;
    const more = Math.max(left, Number(root.dataset.more));
    rarer.hidden = !(unfolded && more > 0);
    rarer.textContent = `${countText(more)} rarer ones are not named here.`;
  };

  /** Fetches all values, once. */
  const fetchValues = async () => {
    const summary = learnt ? null : await learn();
    if (summary) take(summary);
    draw();
    if (learnt) return;
    rarer.hidden = false;
    rarer.textContent = 'The others could not be loaded. Fold and unfold this to try again.';
  };
  rest?.addEventListener('click', () => {
    unfolded = !unfolded;
    void fetchValues();
  });
  root.addEventListener('toggle', () => {
    if (root.open && (known.size === 0 || unfolded)) void fetchValues();
  });

  /** Learns all values that the summary names. */
  function take(summary: Summary) {
    learnt = true;
    for (const { value, label, sessions } of summary.facets[name].values) {
      known.set(value, sessions);
      if (label !== null) labels.set(value, label);
    }
  }

  return {
    name,
    /** Shows what is chosen, and how many of the selected sessions have each value; where that is known. */
    show(nowChosen: readonly string[], nowCounts: Counted, nowOthers?: Readonly<Record<string, number>>) {
      chosen = nowChosen;
      counts = nowCounts;
      others = nowOthers;
      if (chosen.length > 0) root.open = true;
      draw();
    },
    take(summary: Summary) {
      take(summary);
      draw();
    },
    /** What a value is called where its name alone does not say it. */
    label: (value: string) => labels.get(value) ?? null,
    /** Learns what a value is called. */
    call(value: string, label: string) {
      labels.set(value, label);
    },
  };
}
