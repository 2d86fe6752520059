/**
 * Remembered in this browser, for all pages that have such keys: `off` when keys of one letter do nothing
 * (https://www.w3.org/TR/WCAG22/#character-key-shortcuts).
 */
const memory = 'keys';

/** Are the keys of one letter on? They are unless this browser was told otherwise, and where it remembers nothing. */
export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(memory) !== 'off';
  } catch {
    return true;
  }
}

/** Brings a box that switches these keys to life. A page may have several (`data-keys-on`), which say the same. */
export function bindKeySwitch(box: HTMLInputElement): void {
  box.checked = keysAreOn();
  box.addEventListener('change', () => {
    for (const each of document.querySelectorAll<HTMLInputElement>('[data-keys-on]'))
      each.checked = box.checked;
    try {
      localStorage.setItem(memory, box.checked ? 'on' : 'off');
    } catch {
      // Without storage it holds for nobody; there is nothing to tell.
    }
  });
}
