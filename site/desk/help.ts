/** The same for every page that has such keys. */
const setting = 'keys';

const dialog = () => document.querySelector<HTMLDialogElement>('[data-help] dialog');

/** Are the keys of one letter on? They are unless this browser was told otherwise. */
export function keysAreOn(): boolean {
  return localStorage.getItem(setting) !== 'off';
}

export function openHelp(): void {
  dialog()?.showModal();
}

/** Brings the help to life: its button, and the switch in it. */
export function startHelp(): void {
  document.querySelector('[data-help]')?.removeAttribute('hidden');
  document.querySelector('[data-open-help]')?.addEventListener('click', openHelp);
  const on = document.querySelector<HTMLInputElement>('[data-keys-on]');
  if (!on) return;
  on.checked = keysAreOn();
  on.addEventListener('change', () => localStorage.setItem(setting, on.checked ? 'on' : 'off'));
}
