/** Choosing a reason writes the note to begin with, unless the note holds words of the moderator's own. */
export function fillNote(form: HTMLFormElement): void {
  const note = form.querySelector('textarea');
  const reason = form.querySelector<HTMLInputElement>('[name=reason]:checked')?.value ?? '';
  if (note && (note.value.trim() === '' || isPreset(form, note.value))) note.value = preset(form, reason);
}

/** Chooses the reason with this number, from 1; its radio button takes the focus. */
export function chooseReason(form: HTMLFormElement, number: number): void {
  const radio = form.querySelectorAll<HTMLInputElement>('[name=reason]:not([value=""])')[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  fillNote(form);
}

/** Is this note one that nobody has edited? */
export function isPreset(form: HTMLFormElement, note: string): boolean {
  return [...form.querySelectorAll('[data-preset]')].some((each) => each.textContent === note);
}

function preset(form: HTMLFormElement, reason: string): string {
  const texts = [...form.querySelectorAll<HTMLElement>('[data-preset]')];
  return texts.find((each) => each.dataset.preset === reason)?.textContent ?? '';
}
