import { keysAreOn } from '../scripts/single-keys.ts';
import { chooseFor, decide, escalateOrSkip, takeBack } from './decide.ts';
import { openHelp } from './help.ts';
import { enter, goBack, hasPane, onceShown, show, shownCase } from './pane.ts';
import { chooseReason } from './reasons.ts';
import { currentRow, nameOf, neighbour } from './rows.ts';

/** Keys that the viewer knows: see site/viewer/page/acts.ts. */
const transcriptKeys = /^(?:[jknocv/?]|Enter)$/i;

const actions: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  o: () => void open(),
  a: () => decide('approve'),
  c: () => decide('clear'),
  // These decide nothing yet: they may come before the case does.
  r: () => void onceShown(() => chooseFor('reject')),
  x: () => void onceShown(() => chooseFor('remove')),
  e: () => void onceShown(escalateOrSkip),
  z: () => void takeBack(),
  '?': openHelp,
};

/** Listens to the keys of the desk. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (!(target instanceof Element) || event.defaultPrevented || event.isComposing) return;
    // A dialog keeps all keys, and the transcript those that mean something in it.
    if (document.querySelector('dialog[open]')) return;
    if (target.closest('[data-transcript]') && transcriptKeys.test(event.key)) return;
    if (press(event, target)) event.preventDefault();
  });
}

/** Does what a key stands for; false where it stands for nothing of ours. */
function press(event: KeyboardEvent, target: Element): boolean {
  const form = target.closest<HTMLFormElement>('[data-decide]');
  const { key, ctrlKey, altKey, metaKey } = event;
  if (form && key === 'Enter' && (ctrlKey || metaKey)) {
    decide(form.dataset.intent ?? 'reject');
    return true;
  }
  if (ctrlKey || altKey || metaKey) return false;
  if (key === 'Escape' && shownCase()?.contains(target)) {
    goBack();
    return true;
  }
  if (isTyping(target) || !keysAreOn()) return false;
  // Where there is no case beside the queue, there is only the queue to walk through.
  if (!hasPane() && !/^[jko]$/.test(key)) return false;
  if (form && /^[1-8]$/.test(key)) {
    chooseReason(form, Number(key));
    return true;
  }
  const act = actions[event.shiftKey ? key : key.toLowerCase()];
  // A key that is held down walks through the queue, and does nothing else twice.
  if (act && event.repeat && key !== 'j' && key !== 'k') return true;
  act?.();
  return act !== undefined;
}

function isTyping(target: Element): boolean {
  return target.matches('textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]');
}

function move(step: 1 | -1): void {
  const row = neighbour(step);
  if (!row) return;
  nameOf(row)?.focus();
  void show(row);
}

/** Into the case of the current row, which is loaded again where it is not there. */
async function open(): Promise<void> {
  const row = currentRow() ?? neighbour(1);
  if (!row) return;
  if (!hasPane()) nameOf(row)?.click();
  else if (shownCase()?.dataset.case === row.dataset.row || (await show(row))) enter();
}
