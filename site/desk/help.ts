import { bindKeySwitch } from '../scripts/single-keys.ts';

export function openHelp(): void {
  document.querySelector<HTMLDialogElement>('[data-help] dialog')?.showModal();
}

/** Brings the help to life: its button, and the switch in it. */
export function startHelp(): void {
  document.querySelector('[data-help]')?.removeAttribute('hidden');
  document.querySelector('[data-open-help]')?.addEventListener('click', openHelp);
  const box = document.querySelector<HTMLInputElement>('[data-help] [data-keys-on]');
  if (box) bindKeySwitch(box);
}
