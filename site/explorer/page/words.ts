import type { Selection } from '../../browse/selection.ts';
import { wordsOf } from '../../browse/words.ts';
import { countText } from '../../wording/figures.ts';
import { facetWords, valueText } from '../../wording/selection.ts';
import { copyOf, part } from './part.ts';
import { addressOf } from './results.ts';
import { type Condition, conditionsOf } from './steps.ts';

/** What is said above the list. `label` tells what a facet's value is called; `go` leads to a selection. */
export function openWords(
  root: HTMLElement,
  parts: ParentNode,
  label: (facet: string, value: string) => string | null,
  go: (selection: Selection) => void,
) {
  const at = (name: string) => part(root, `[data-${name}]`);
  const [chips, note, looking, trouble] = [at('chips'), at('note'), at('looking'), at('trouble')];
  const [empty, similar, said, gist] = [at('empty'), at('similar'), at('said'), at('gist')];
  const progress = part<HTMLProgressElement>(looking, 'progress');
  const fullChip = part(parts, 'li:has([data-chip])');
  const clear = copyOf(part<HTMLAnchorElement>(empty, '[data-clear]'));
  clear.classList.add('small');

  const nameOf = (condition: Condition): string => {
    const { kind, value } = condition;
    if (kind === 'text') return `“${value}”`;
    if (kind === 'from' || kind === 'to') return `Began ${kind} ${value}`;
    return `${facetWords[kind]}: ${valueText(kind, value, label(kind, value))}`;
  };

  return {
    /** Lists what narrows the selection. The focus stays at the place of a chip that was taken away. */
    chips(selection: Selection) {
      const focused = [...chips.querySelectorAll('button, a'), null].indexOf(document.activeElement);
      const conditions = conditionsOf(selection);
      const made = conditions.map((condition) => {
        const chip = copyOf(fullChip);
        part(chip, 'bdi').textContent = nameOf(condition);
        part(chip, 'button').addEventListener('click', () => go(condition.without));
        return chip;
      });
      const last = document.createElement('li');
      last.append(clear);
      chips.replaceChildren(...made, last);
      chips.hidden = conditions.length === 0;
      if (focused < 0) return;
      const left = [...chips.querySelectorAll<HTMLElement>('button')];
      const next = left[Math.min(focused, left.length - 1)] ?? part(root, '[data-total]');
      next.focus({ preventScroll: true });
    },
    /** Leads on whoever typed what looks like a gist's id or address: words are not looked for in those. */
    gist(text: string) {
      gist.hidden = !/\b(?:[0-9a-f]{32}|[0-9a-f]{20})\b/i.test(text);
      part<HTMLAnchorElement>(gist, 'a').search = `?gist=${encodeURIComponent(text.trim())}`;
    },
    note(sentences: readonly string[]) {
      note.textContent = sentences.join(' ');
      note.hidden = sentences.length === 0;
    },
    /** Somebody looks: how far, where that is known. */
    looking(state: { kind: 'progress' | 'stopped'; read: number; of: number; found: number } | boolean) {
      looking.hidden = state === false;
      const known = typeof state === 'object' ? state : null;
      part(looking, '[data-whole]').hidden = known?.kind !== 'stopped';
      part(looking, 'p').textContent = known
        ? `Looked at ${countText(known.read)} of ${countText(known.of)}; ${countText(known.found)} found so far`
        : 'Looking…';
      progress.hidden = known === null;
      if (known) [progress.max, progress.value] = [known.of, known.read];
    },
    /** What is wrong, or null. `out` leads to what can be read all the same. */
    trouble(sentence: string | null, out = '/sessions') {
      trouble.hidden = sentence === null;
      part(trouble, '[data-sentence]').textContent = sentence ?? '';
      part(trouble, '[data-out]').setAttribute('href', out);
    },
    /** Why there is nothing to show, or null; `last` is the last page there is. */
    empty(selection: Selection | null, last: number | null = null) {
      empty.hidden = selection === null;
      if (selection === null) return;
      const sentence = part(empty, '[data-sentence]');
      if (last !== null) {
        const link = document.createElement('a');
        link.href = addressOf(selection, last);
        link.dataset.page = '';
        link.textContent = `page ${countText(last)}`;
        sentence.replaceChildren('The list ends before this page. Its last is ', link, '.');
        return;
      }
      const conditions = conditionsOf(selection);
      sentence.textContent =
        conditions.length > 1
          ? 'No session is all of this. Take something of the above away.'
          : selection.text.trim() !== ''
            ? 'No session has all of this in its title, topic or tags.'
            : 'No session is like this.';
    },
    /** Words that are looked for in the place of one that no session has. */
    similar(selection: Selection, word: string, words: readonly { word: string; sessions: number }[]) {
      const links = words.flatMap((each, at) => {
        const text = wordsOf(selection.text).map((one) => (one === word ? each.word : one));
        const link = document.createElement('a');
        link.href = addressOf({ ...selection, text: text.join(' ') });
        link.dataset.page = '';
        link.append(bdi(each.word));
        return [at === 0 ? '' : ', ', link, ` ${countText(each.sessions)}`];
      });
      const line = document.createElement('li');
      line.append(
        'No session has “',
        bdi(word),
        words.length === 0 ? '”.' : '”. Looked for instead: ',
        ...links,
      );
      similar.append(line);
      similar.hidden = false;
    },
    forgetSimilar() {
      similar.replaceChildren();
      similar.hidden = true;
    },
    /** Tells it to who hears the page; once for each answer. */
    say(sentence: string) {
      said.textContent = sentence;
    },
  };
}

function bdi(words: string): HTMLElement {
  const made = document.createElement('bdi');
  made.textContent = words;
  return made;
}
export type Words = ReturnType<typeof openWords>;
