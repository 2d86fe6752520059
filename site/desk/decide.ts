import { hold, isHeld, type Step, undo } from './held.ts';
import { decisionForm, enter, isLoading, keepDraft, show, shownCase } from './pane.ts';
import { isPreset } from './reasons.ts';
import { currentRow, nameOf, nextOpen, rowOf, tell } from './rows.ts';
import { say } from './say.ts';

const words: Readonly<Record<string, readonly [doing: string, done: string]>> = {
  approve: ['Approving', 'Approved.'],
  reject: ['Rejecting', 'Rejected.'],
  remove: ['Removing', 'Removed.'],
  reopen: ['Reopening', 'Reopened.'],
  clear: ['Clearing', 'Cleared.'],
  escalate: ['Asking another moderator', 'Another moderator is asked.'],
};

/** Decides about the case that is shown, at the revision shown, and goes on to the next row. */
export function decide(decision: string): void {
  const form = formFor(decision);
  if (!form) return;
  const fields = new FormData(form);
  const against = decision === 'reject' || decision === 'remove';
  if (against && !fields.get('reason')) {
    chooseFor(decision);
    return;
  }
  const note = String(fields.get('note') ?? '');
  take(decision, `/api/moderation/${fields.get('gist_id')}`, {
    decision,
    revision: fields.get('revision'),
    state: fields.get('state'),
    reason: against ? fields.get('reason') : null,
    // A note begun for a rejection says nothing to somebody whose session is taken.
    note: !against && isPreset(form, note) ? '' : note,
  });
}

/** Opens the choice of a reason for this decision. */
export function chooseFor(decision: string): void {
  const form = formFor(decision);
  if (!form) return;
  form.dataset.intent = decision;
  const radio = form.querySelector<HTMLElement>('[name=reason]:checked');
  (radio ?? form.querySelector<HTMLElement>('[name=reason]'))?.focus();
  say(`To ${decision}, choose a reason by 1 to 8; Ctrl and Enter decides.`);
}

/** Asks another moderator about the case that is shown. */
export function escalate(form: HTMLFormElement): void {
  const fields = new FormData(form);
  const path = `/api/moderation/${fields.get('gist_id')}/escalate`;
  take('escalate', path, { revision: fields.get('revision'), note: String(fields.get('note') ?? '') });
}

/** To the note for another moderator; where there is nobody to ask, the row is left for later. */
export function escalateOrSkip(): void {
  const note = shownCase()?.querySelector<HTMLElement>('[data-escalate] input:not([type=hidden])');
  const row = currentRow();
  if (note) note.focus();
  else if (row) {
    if (row.dataset.state === undefined) tell(row, ['Skipped for now.'], 'skipped');
    goOn(`Skipped: ${row.dataset.title}.`);
  }
}

/** Takes back what is held: the latest, or what is held about this gist. Its case is shown again, as it was left. */
export async function takeBack(gistId?: string): Promise<void> {
  const step = undo(gistId);
  say(step ? `Undone, nothing was sent: ${step.title}.` : 'Nothing is held that could be undone.');
  const row = step && rowOf(step.gistId);
  if (!row) return;
  nameOf(row)?.focus();
  await show(row);
}

/** The form of the case that is shown, where this decision can be made by it; else says why not. */
function formFor(decision: string): HTMLFormElement | null {
  const form = decisionForm();
  // The case that still stands here is not the one that is meant, and the one that is has not been seen.
  if (isLoading()) say('The case is still being loaded.');
  else if (form?.querySelector(`button[value="${decision}"]`)) return form;
  else say(`There is nothing to ${decision} here now.`);
  return null;
}

function take(decision: string, path: string, body: object): void {
  const shown = shownCase();
  const gistId = shown?.dataset.case ?? '';
  // A case that was looked up need not have a row in the list.
  if (isHeld(gistId) || rowOf(gistId)?.dataset.state === 'done') {
    say('This was decided already.');
    return;
  }
  keepDraft();
  const [doing = '', done = ''] = words[decision] ?? [];
  const step: Step = { gistId, title: shown?.dataset.title ?? '', doing, done, path, body };
  hold(step);
  goOn(`${doing}: ${step.title}. z undoes it.`);
}

/** On to the next row that needs somebody; where there is none, the case stays. */
function goOn(sentence: string): void {
  const next = nextOpen();
  say(next ? sentence : `${sentence} That was the last one listed here.`);
  if (next) {
    nameOf(next)?.focus();
    void show(next);
  } else enter();
}
