import { read, startReading } from './reading.ts';
import { fillNote } from './reasons.ts';

/** A case on a page of its own: others see that it is read, and a reason brings its note. */
const shown = document.querySelector<HTMLElement>('[data-lone] [data-case]');
if (shown) {
  startReading();
  read(shown.dataset.case ?? null);
  shown.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.form && target.name === 'reason') fillNote(target.form);
  });
}
