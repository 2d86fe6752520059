import { countText } from '../../wording/figures.ts';
import type { Stretch } from '../detail.ts';
import { visible } from '../thread/visible.ts';
import { element } from './element.ts';
import type { File } from './files.ts';
import type { Reader } from './reader.ts';

/** The dialog that shows a line of a file as it is. */
export function openRawLine(dialog: HTMLDialogElement, reader: () => Reader) {
  const title = dialog.querySelector('h2');
  const text = dialog.querySelector('pre');
  let shown: { file: File; line: number; of: number } | null = null;
  const show = async (file: File, line: number) => {
    const raw = await reader().ask('raw', { file: file.number, line });
    if (!raw) return;
    fill(file, raw);
    if (!dialog.open) dialog.showModal();
  };
  /** Shows another line of the same file, unless the dialog was closed meanwhile. */
  const step = async (file: File, line: number) => {
    const raw = await reader().ask('raw', { file: file.number, line });
    if (raw && dialog.open) fill(file, raw);
  };
  const fill = (file: File, raw: Stretch) => {
    if (!title || !text) return;
    shown = { file, line: raw.from, of: raw.of };
    title.replaceChildren(
      element('bdi', {}, visible(file.source.name)),
      `, line ${countText(raw.from)} of ${countText(raw.of)}`,
    );
    text.textContent = raw.text;
  };
  dialog.addEventListener('click', (event) => {
    const by = event.target instanceof HTMLElement ? Number(event.target.dataset.step) : 0;
    if (!by || !shown) return;
    void step(shown.file, Math.min(Math.max(1, shown.line + by), shown.of));
  });
  return {
    show,
    /** Closes it, with nothing left in it. */
    clear() {
      dialog.close();
      shown = null;
      title?.replaceChildren();
      text?.replaceChildren();
    },
  };
}
