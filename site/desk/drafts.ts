/** What was written about a submission, kept while the page is open: a refusal or a look elsewhere loses no words. */
interface Draft {
  reason: string;
  note: string;
}

const drafts = new Map<string, Draft>();

/** Keeps what a decision form holds; nothing is kept of one left empty. */
export function keep(gistId: string, form: HTMLFormElement): void {
  const fields = new FormData(form);
  const draft = { reason: String(fields.get('reason') ?? ''), note: String(fields.get('note') ?? '') };
  if (draft.reason || draft.note) drafts.set(gistId, draft);
  else drafts.delete(gistId);
}

/** Fills a decision form with what was kept of it. */
export function restore(gistId: string, form: HTMLFormElement): void {
  const draft = drafts.get(gistId);
  if (!draft) return;
  const note = form.querySelector('textarea');
  if (note) note.value = draft.note;
  for (const radio of form.querySelectorAll<HTMLInputElement>('[name=reason]')) {
    radio.checked = radio.value === draft.reason;
  }
}

export function forget(gistId: string): void {
  drafts.delete(gistId);
}
