import { type Asked, type Selection, selectionQuery } from '../../browse/selection.ts';
import { pageSize } from '../../published/list-pages.ts';
import { counted } from '../../wording/figures.ts';
import { weightText } from '../../wording/selection.ts';
import type { Answer, Others } from '../protocol.ts';
import type { Asking } from './asking.ts';
import type { Form } from './form.ts';
import { part } from './part.ts';
import type { Results } from './results.ts';
import type { Take } from './take.ts';
import type { Words } from './words.ts';

/** Longest time an answer may take before the page says that it waits, in ms. */
const patience = 200;

/** What is to happen once a list is drawn: a place is scrolled to, or the list's beginning gets the focus. */
export type After = { top: number } | 'focus' | null;

/** What shows an answer. */
interface Stage {
  root: HTMLElement;
  asking: Asking;
  form: Form;
  words: Words;
  results: Results;
  take: Take;
}

const keyOf = (selection: Selection) => selectionQuery(selection).toString();

/** Looks for what is asked for, and shows each part of the answer as it comes. */
export function openLook({ root, asking, form, words, results, take }: Stage) {
  const weigh = part(root, '[data-weigh]');
  const newestSum = `${results.heading.textContent}, ${part(root, '[data-sum]').textContent}`;
  /** The selection whose sum and counts are shown: another page of it changes neither. */
  let summed: { key: string; total: number } | null = null;
  let counts: Parameters<Form['count']>[1] = 'unknown';
  let others: Others = {};
  let selection: Selection | null = null;
  let instead = new Map<string, string[]>();
  let timer = 0;

  const begin = (next: Selection) => {
    // Another page of the same is no reason to stop what fetches it all.
    if (selection !== null && keyOf(next) !== keyOf(selection)) asking.forget();
    selection = next;
    clearTimeout(timer);
    words.empty(null);
    words.forgetSimilar();
    instead = new Map();
    words.trouble(null);
    weigh.hidden = true;
  };
  const finish = (after: After) => {
    if (after === 'focus') results.focus();
    else if (after) scrollTo({ top: after.top, behavior: 'instant' });
  };
  const tell = ({ total, bytes, licenses }: Answer & { kind: 'found' }, of: Selection) => {
    const sentence = counted(total, 'session');
    const weight = weightText(bytes, licenses);
    results.title(sentence, weight);
    words.looking(false);
    words.say(sentence);
    weigh.hidden = bytes !== null;
    take.offer(of, [sentence, weight].filter(Boolean).join(', '), instead);
  };

  /** Shows the list that the page came with. */
  function newest(everything: Selection, after: After) {
    begin(everything);
    asking.forget();
    summed = null;
    results.newest();
    results.busy(false);
    root.dataset.state = 'ended';
    words.looking(false);
    form.stale(false);
    form.count(everything, 'all');
    take.offer(everything, newestSum);
    finish(after);
  }

  /** Looks. A large index is looked through to its end only where the `whole` of it is asked for. */
  function look(asked: Asked, after: After, whole = false) {
    const { selection: sought, page } = asked;
    begin(sought);
    const key = keyOf(sought);
    const sum = summed?.key === key ? summed : null;
    results.busy(true);
    root.dataset.state = 'looking';
    form.stale(sum === null);
    form.count(sought, sum ? counts : 'unknown', others);
    if (sum === null) take.nothing();
    const wait = () => {
      if (sum) words.looking(true);
      else results.title('Looking…', '');
    };
    // Nothing that stands there may be taken for what a shared address asks for.
    if (root.classList.contains('live')) timer = window.setTimeout(wait, patience);
    else {
      results.nothing();
      wait();
    }

    let shown: number | null = null;
    const hear = (answer: Answer) => {
      if (answer.kind !== 'similar' && answer.kind !== 'page' && answer.kind !== 'counts')
        clearTimeout(timer);
      switch (answer.kind) {
        case 'page': {
          shown = answer.cards.length;
          const knew = form.knows(sought);
          form.meet(answer.cards);
          if (!knew) words.chips(sought);
          results.rows(answer.cards, sought, page, answer.total ?? sum?.total ?? null);
          results.busy(false);
          root.dataset.state = 'shown';
          return shown > 0 && finish(after);
        }
        case 'progress':
          return words.looking(answer);
        case 'stopped': {
          root.dataset.state = 'ended';
          form.stale(false);
          words.looking(sum ? false : answer);
          if (sum) return;
          const least = `At least ${counted(answer.found, 'session')}`;
          results.title(least, '');
          words.say(least);
          return take.offer(sought, least, instead);
        }
        case 'similar':
          instead.set(
            answer.word,
            answer.words.map(({ word }) => word),
          );
          return words.similar(sought, answer.word, answer.words);
        case 'found':
          summed = { key, total: answer.total };
          tell(answer, sought);
          if (shown) results.pager(sought, page, shown, answer.total);
          return shown === 0 && nothing(answer.total);
        case 'counts':
          counts = answer.counts;
          others = answer.others;
          root.dataset.state = 'ended';
          form.stale(false);
          return form.count(sought, counts, others);
        case 'trouble':
          return trouble(answer.sentence);
      }
    };
    const nothing = (total: number) => {
      results.nothing();
      words.empty(sought, total > 0 ? Math.ceil(total / pageSize) : null);
      if (total === 0) take.nothing();
      finish(after);
    };
    const trouble = (sentence: string) => {
      summed = null;
      root.dataset.state = 'ended';
      results.nothing();
      results.busy(false);
      results.title('The list could not be read', '');
      words.looking(false);
      form.stale(false);
      form.count(sought, 'unknown');
      take.nothing();
      words.trouble(sentence, key === '' ? `/sessions/page/${page}` : '/sessions');
      part(root, '[data-again]').onclick = () => {
        results.focus();
        look(asked, after, whole);
      };
    };
    part(root, '[data-whole]').onclick = () => {
      results.focus();
      look(asked, null, true);
    };
    asking.ask({ kind: 'look', selection: sought, page, whole }, hear);
  }

  weigh.addEventListener('click', () => {
    const of = selection;
    if (of === null) return;
    weigh.hidden = true;
    results.focus();
    asking.ask({ kind: 'weigh', selection: of }, (answer) => {
      if (selection !== of) return;
      if (answer.kind === 'progress') words.looking(answer);
      if (answer.kind === 'found') tell(answer, of);
      if (answer.kind !== 'trouble') return;
      words.looking(false);
      words.note([answer.sentence]);
      weigh.hidden = false;
    });
  });

  return { newest, look };
}
