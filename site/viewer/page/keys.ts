/** Remembered in this browser: `off` when single keys do nothing (https://www.w3.org/TR/WCAG22/#character-key-shortcuts). */
const memory = 'keys';

function keysAreOn(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off';
  } catch {
    return true;
  }
}

/** The box in the help that switches single keys off and on. */
export function bindKeySwitch(box: HTMLInputElement): void {
  box.checked = keysAreOn();
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(memory, box.checked ? 'on' : 'off');
    } catch {
      // Without storage it holds for nobody; there is nothing to tell.
    }
  });
}

/** The single key somebody pressed, unless they are typing, hold a modifier, or are in a dialog. */
export function pressedKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], dialog')) return null;
  return document.querySelector('dialog[open]') ? null : event.key;
}
