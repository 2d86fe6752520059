import type { Row } from '../row.ts';
import type { Feed } from './feed.ts';
import { type File, fileKey, findRow } from './files.ts';
import type { openFindBar } from './find-bar.ts';
import { pressedKey } from './keys.ts';
import { stretchElement } from './parts.ts';
import type { openRawLine } from './raw-line.ts';
import type { Reader } from './reader.ts';

/** What of a transcript its buttons and keys act on. */
interface Stage {
  files: readonly File[];
  feed: Feed;
  finder: ReturnType<typeof openFindBar>;
  rawLine: ReturnType<typeof openRawLine>;
  reader(): Reader;
  /** Goes to a row and makes its address the page's. */
  go(key: number): void;
  /** Reads a file now, and those again that could not be read. */
  load(file: File): void;
  /** Says something once, where the page says how far it is. */
  say(words: string): void;
}

/** Brings the buttons, links and keys of a transcript to life, until it has `ended`. */
export function bindActs(section: HTMLElement, stage: Stage, ended: AbortSignal): void {
  const { feed, finder } = stage;
  const openHelp = () => section.querySelector<HTMLDialogElement>('dialog.help')?.showModal();

  const copy = async (key: number, button: HTMLElement | null) => {
    const text = await stage.reader().ask('source', { key });
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    const said = done ? 'Copied' : 'Not allowed';
    if (!button) return stage.say(said);
    button.textContent = said;
    window.setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  };

  const showRaw = async (key: number) => {
    const found = findRow(stage.files, key);
    if (found) await stage.rawLine.show(found.file, Math.max(1, found.row?.line ?? 1));
  };

  const showStretch = async (key: number, button: HTMLElement) => {
    const field = Number(button.dataset.field);
    const place = button.closest<HTMLElement>('.part');
    const from = Number(button.dataset.from);
    const stretch = await stage.reader().ask('stretch', { key, field, from });
    const made = stretchElement(place?.dataset.label ?? '', stretch, field);
    place?.replaceWith(made);
    made.querySelector('pre')?.focus({ preventScroll: true });
  };

  const press = (button: HTMLElement): unknown => {
    const key = Number(button.closest<HTMLElement>('[data-key]')?.dataset.key);
    switch (button.dataset.act) {
      case 'copy':
        return copy(key, button);
      case 'raw':
        return showRaw(key);
      case 'group':
        return feed.toggle(key);
      case 'stretch':
        return showStretch(key, button);
      case 'load': {
        const file = stage.files[Number(button.dataset.file) - 1];
        return file && stage.load(file);
      }
      case 'help':
        return openHelp();
      case 'close':
        return button.closest('dialog')?.close();
      default:
        return undefined;
    }
  };

  const currentKey = (): number => {
    const item = feed.current();
    return item ? (item.row?.key ?? fileKey(item.file)) : Number.NaN;
  };
  const keys: Record<string, () => unknown> = {
    j: () => feed.move(1),
    k: () => feed.move(-1),
    J: () => feed.move(1, isPrompt),
    K: () => feed.move(-1, isPrompt),
    n: () => finder.next(),
    N: () => finder.previous(),
    '/': () => finder.focus(),
    '?': openHelp,
    o: () => feed.toggle(currentKey()),
    c: () => copy(currentKey(), null),
    v: () => showRaw(currentKey()),
  };

  section.addEventListener(
    'click',
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>('[data-act]');
      if (button) void press(button);
      const link = target?.closest<HTMLElement>('.feed [data-to]');
      if (!link) return;
      event.preventDefault();
      stage.go(Number(link.dataset.to));
    },
    { signal: ended },
  );
  document.addEventListener(
    'keydown',
    (event) => {
      const key = pressedKey(event);
      const inside = event.target instanceof Node && section.contains(event.target);
      if (key === null || (section.dataset.keys === 'inside' && !inside)) return;
      const onControl = event.target instanceof Element && event.target.closest('a, button, summary');
      const does =
        key === 'Enter' && inside && !onControl ? keys.o : Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (!does) return;
      event.preventDefault();
      void does();
    },
    { signal: ended },
  );
}

const isPrompt = (row: Row | null) => row?.turn != null && row.turn.who !== 'answer' && row.under === null;
