import { countText } from '../../wording/figures.ts';
import { visible } from '../thread/visible.ts';
import type { File } from './files.ts';
import type { Reader } from './reader.ts';

/** The dialog that shows a line of a file as it is. */
export function openRawLine(dialog: HTMLDialogElement, reader: () => Reader) {
  const title = dialog.querySelector('h2');
  const text = dialog.querySelector('pre');
  let shown: { file: File; line: number; of: number } | null = null;
  const show = async (file: File, line: number) => {
    const raw = await reader().ask('raw', { file: file.number, line });
    if (!raw || !title || !text) return;
    shown = { file, line: raw.from, of: raw.of };
    title.textContent = `${visible(file.source.name)}, line ${countText(raw.from)} of ${countText(raw.of)}`;
    text.textContent = raw.text;
    if (!dialog.open) dialog.showModal();
  };
  dialog.addEventListener('click', (event) => {
    const step = event.target instanceof HTMLElement ? Number(event.target.dataset.step) : 0;
    if (!step || !shown) return;
    const line = Math.min(Math.max(1, shown.line + step), shown.of);
    void show(shown.file, line);
  });
  return { show };
}
