import { keysAreOn } from '../../scripts/single-keys.ts';

/** The single key somebody pressed, unless they are typing, hold a modifier, or are in a dialog. */
export function pressedKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], dialog')) return null;
  return document.querySelector('dialog[open]') ? null : event.key;
}
