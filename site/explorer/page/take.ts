import type { Selection } from '../../browse/selection.ts';
import { duckdbQuery, type Instead } from '../../browse/take/duckdb-query.ts';
import { hydrateCommand, hydrateConditions } from '../../browse/take/hydrate-command.ts';
import { bytesText, countText } from '../../wording/figures.ts';
import type { Asking } from './asking.ts';
import { part } from './part.ts';
import { conditionsOf } from './steps.ts';
import { openToCopy } from './to-copy.ts';

const endings = { urls: 'txt', ndjson: 'ndjson' } as const;
type Form = keyof typeof endings;

/** What takes the selection along. `snapshot` is the address of the published files. */
export function openTake(root: HTMLElement, snapshot: string, asking: Asking) {
  const section = part(root, '[data-take]');
  const published = part(section, '[data-published]');
  const made = part(section, '[data-made]');
  const taking = part(section, '[data-taking]');
  const query = openToCopy(part(section, '[data-query]'));
  const hydrate = openToCopy(part(section, '[data-hydrate]'));
  const byFile = part(section, '[data-by-file]');
  const told = part(section, '[data-told]');
  const buttons = [...made.querySelectorAll<HTMLButtonElement>('[data-form]')];
  let selection: Selection | null = null;
  let files: string[] = [];

  const tellHydrate = (flags: readonly (readonly [string, string])[] | null) => {
    hydrate.show(flags && hydrateCommand(flags, snapshot));
    byFile.hidden = flags !== null;
  };
  const forget = () => {
    for (const file of files) URL.revokeObjectURL(file);
    files = [];
    for (const link of made.querySelectorAll<HTMLElement>('[data-file]')) link.hidden = true;
    taking.textContent = '';
  };

  const give = (button: HTMLButtonElement, form: Form, lines: Blob, sessions: number) => {
    const link = part<HTMLAnchorElement>(button.parentElement ?? made, '[data-file]');
    link.href = URL.createObjectURL(lines);
    files.push(link.href);
    link.download = `openagentsessions-${sessions}-sessions.${endings[form]}`;
    link.textContent = `${link.download}, ${bytesText(lines.size)}`;
    link.hidden = false;
    taking.textContent = '';
    if (form === 'ndjson' && !byFile.hidden) tellHydrate([['--ids', link.download]]);
    link.click();
  };
  const take = (button: HTMLButtonElement, form: Form) => {
    if (selection === null) return;
    forget();
    taking.textContent = 'Fetching the sessions…';
    asking.ask({ kind: 'take', selection, form }, (answer) => {
      if (answer.kind === 'progress')
        taking.textContent = `Looked at ${countText(answer.read)} of ${countText(answer.of)}`;
      if (answer.kind === 'fetched')
        taking.textContent = `Fetched ${countText(answer.read)} of ${countText(answer.of)}`;
      if (answer.kind === 'trouble') taking.textContent = answer.sentence;
      if (answer.kind === 'file') give(button, form, answer.lines, answer.sessions);
    });
  };
  for (const button of buttons)
    button.addEventListener('click', () => take(button, button.dataset.form as Form));

  return {
    /** Offers a selection, of which it is known what it comes to. */
    offer(offered: Selection, sum: string, instead?: Instead) {
      forget();
      selection = offered;
      const everything = conditionsOf(offered).length === 0;
      published.hidden = !everything;
      made.hidden = everything;
      section.hidden = false;
      told.textContent = sum;
      tellHydrate(hydrateConditions(offered)?.map((condition) => ['--where', condition]) ?? null);
      const [id] = snapshot.split('/').slice(-1);
      query.show(duckdbQuery(offered, snapshot, `${sum}, of snapshot ${id}`, instead));
    },
    /** Nothing is selected that could be taken. */
    nothing() {
      forget();
      section.hidden = true;
    },
  };
}
export type Take = ReturnType<typeof openTake>;
