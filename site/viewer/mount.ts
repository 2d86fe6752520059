import { openTranscript } from './page/transcript.ts';

const open = new Map<HTMLElement, () => void>();

/** Opens the transcripts in a part of the page, and ends those that have left it. */
export function mountTranscripts(root: ParentNode): void {
  for (const [section, end] of open) {
    if (section.isConnected) continue;
    end();
    open.delete(section);
  }
  for (const section of root.querySelectorAll<HTMLElement>('[data-transcript]')) {
    if (!open.has(section)) open.set(section, openTranscript(section));
  }
}
