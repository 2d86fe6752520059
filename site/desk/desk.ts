import { decide, escalate, takeBack } from './decide.ts';
import { sendAll } from './held.ts';
import { startHelp } from './help.ts';
import { startKeys } from './keys.ts';
import { enter, hasPane, settle, show, shownCase } from './pane.ts';
import { startReading } from './reading.ts';
import { fillNote } from './reasons.ts';
import { startRefreshing } from './refresh.ts';
import { currentRow, nameOf, rows } from './rows.ts';

const desk = document.querySelector<HTMLElement>('[data-desk]');
if (desk) start(desk);

/** Makes the queue a desk: the case beside the list, keys, and decisions that can be undone. */
function start(root: HTMLElement): void {
  root.dataset.live = '';
  startHelp();
  startKeys();
  startReading();
  startRefreshing();
  root.addEventListener('click', clicked);
  root.addEventListener('submit', submitted);
  root.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.form && target.name === 'reason') fillNote(target.form);
  });
  document.addEventListener('desk:sent', onSent);
  addEventListener('pagehide', sendAll);
  // A page out of the browser's memory shows a queue of long ago.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  const first = rows()[0];
  if (shownCase()) settle();
  else if (first && hasPane()) void show(first);
}

function clicked(event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const row = target.closest<HTMLElement>('[data-row]');
  if (!row) return;
  if (target.closest('[data-undo]')) {
    void takeBack(row.dataset.row);
    return;
  }
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (modified || !hasPane() || !nameOf(row)?.contains(target)) return;
  event.preventDefault();
  // By keyboard, a link leads to where it leads.
  void show(row).then((shown) => shown && event.detail === 0 && enter());
}

function submitted(event: SubmitEvent): void {
  const { target, submitter } = event;
  if (!(target instanceof HTMLFormElement) || !hasPane()) return;
  if (target.matches('[data-escalate]')) {
    event.preventDefault();
    escalate(target);
  }
  if (target.matches('[data-decide]') && submitter instanceof HTMLButtonElement) {
    event.preventDefault();
    decide(submitter.value);
  }
}

/** A case that was refused while it stands here is shown as it is now. */
function onSent(event: Event): void {
  const row = currentRow();
  if (!(event instanceof CustomEvent) || event.detail.ok || row?.dataset.row !== event.detail.gistId) return;
  if (row) void show(row);
}
