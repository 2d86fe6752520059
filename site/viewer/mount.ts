import { openChanges } from './page/changes.ts';
import { openTranscript } from './page/transcript.ts';

const openers: readonly [selector: string, open: (section: HTMLElement) => () => void][] = [
  ['[data-transcript]', openTranscript],
  ['[data-changes]', openChanges],
];
const open = new Map<HTMLElement, () => void>();

/** Brings the transcripts and changes on the page to life, and ends those that have left it. */
export function mount(): void {
  for (const [section, end] of open) {
    if (section.isConnected) continue;
    end();
    open.delete(section);
  }
  for (const [selector, opener] of openers) {
    for (const section of document.querySelectorAll<HTMLElement>(selector)) {
      if (!open.has(section)) open.set(section, opener(section));
    }
  }
}
