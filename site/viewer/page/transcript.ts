import { counted } from '../../wording/figures.ts';
import type { FileReport, FileToRead } from '../protocol.ts';
import type { Row } from '../row.ts';
import { element } from './element.ts';
import { openFeed } from './feed.ts';
import { addRows, changeRow, type File, filesOf, unread } from './files.ts';
import { openFindBar } from './find-bar.ts';
import { bindKeySwitch, pressedKey } from './keys.ts';
import { openOutline } from './outline.ts';
import { stretchElement } from './parts.ts';
import { openRawLine } from './raw-line.ts';
import { openReader } from './reader.ts';
import { type Standing, standingSentences } from './sentences.ts';
import { standingOf } from './standing.ts';

/** The longest the table of prompts waits for more rows while they come, in milliseconds. */
const outlinePause = 200;

/**
 * Brings a section of a page to life: reads the files it names from where its contributor keeps them, and shows them.
 * Returns what ends it.
 */
export function openTranscript(section: HTMLElement): () => void {
  const part = <Type extends HTMLElement>(selector: string): Type => {
    const found = section.querySelector<Type>(selector);
    if (!found) throw new Error(`a transcript without ${selector}`);
    return found;
  };
  const { gist = '', revision = '', address = '', api = '' } = section.dataset;
  const files = filesOf(sourcesIn(section));
  const feedElement = part('.feed');
  const status = part('.status');
  const bar = part('.bar');
  const ended = new AbortController();
  let reader = openReader({ rows: onRows, done: onDone, trouble: onTrouble });
  let standing: Standing | null = null;
  let outlineTimer = 0;
  let wanted: string | null = location.hash === '' ? null : location.hash;

  const feed = openFeed(feedElement, {
    gistAddress: address,
    covered: () => bar.offsetHeight,
    reader: () => reader,
    ended: ended.signal,
    onRange: () => {
      finder.mark();
      outline.mark(feed.aboveTop());
    },
  });
  const go = (key: number) => {
    const row = feed.go(key);
    if (row) history.replaceState(history.state, '', row.querySelector<HTMLAnchorElement>('.at')?.hash ?? '');
  };
  const outline = openOutline(part('.outline .scroller'), part('.outline ol'), go);
  const finder = openFindBar(part('form.find'), feed, feedElement, () => reader, ended.signal);
  const rawLine = openRawLine(part('dialog.raw'), () => reader);
  bindKeySwitch(part('dialog.help input'));

  function readNext() {
    // A worker that was closed while it read is told to have stopped, a while later.
    if (ended.signal.aborted) return;
    const next = files.find(({ state }) => state === 'waiting');
    if (!next || files.some(({ state }) => state === 'reading')) return tell();
    next.state = 'reading';
    feed.set(files);
    reader.read(next.number, next.source);
    tell();
  }

  function onRows(number: number, added: readonly Row[], changed: readonly Row[], bytes: number) {
    const file = files[number - 1];
    if (!file) return;
    file.read = bytes;
    addRows(file, added);
    for (const row of changed) changeRow(file, row);
    if (added.length > 0) feed.set(files);
    for (const row of changed) feed.refresh(row.key);
    // A subagent's row says how much is under it.
    for (const under of new Set(added.map((row) => row.under))) if (under !== null) feed.refresh(under);
    if (added.length > 0) {
      followAddress(false);
      outlineTimer ||= window.setTimeout(showOutline, outlinePause);
    }
    tell();
  }

  function onDone(number: number, report: FileReport) {
    const file = files[number - 1];
    if (!file) return;
    Object.assign(file, { state: 'done', report, read: file.source.bytes });
    feed.openOnly(file);
    feed.set(files);
    feed.refresh(-number);
    showOutline();
    readNext();
    followAddress(files.every(({ state }) => state !== 'reading'));
    finder.again();
  }

  function onTrouble(number: number, trouble: NonNullable<File['trouble']>) {
    const file = files[number - 1];
    if (!file) return;
    if (trouble.code === 'fault' || trouble.code === 'too_slow') renew();
    Object.assign(file, unread(), { state: 'trouble', trouble });
    feed.set(files);
    feed.refresh(-number);
    showOutline();
    // With one file out of reach the next ones are, too.
    const hopeless = trouble.code === 'offline' || trouble.code === 'too_many_requests';
    for (const each of files)
      if (hopeless && each.state === 'waiting') Object.assign(each, { state: 'trouble', trouble });
    readNext();
  }

  /** A worker that was stopped is replaced; what it has read is read again. */
  function renew() {
    if (ended.signal.aborted) return;
    reader.close();
    reader = openReader({ rows: onRows, done: onDone, trouble: onTrouble });
    for (const file of files) if (file.state === 'done') Object.assign(file, unread(), { state: 'waiting' });
  }

  function showOutline() {
    clearTimeout(outlineTimer);
    outlineTimer = 0;
    outline.set(files);
  }

  /** Goes where the page's address points, once that is there. `last`: nothing more comes. */
  function followAddress(last: boolean) {
    if (wanted === null) return;
    const target = feed.at(wanted);
    if (!target) {
      if (last) wanted = null;
      return;
    }
    const file = files[target.file - 1];
    if (file?.state === 'held') return load(file);
    if (!target.exact && file?.state !== 'done') return;
    wanted = null;
    feed.go(target.key);
    // What has no row of its own, such as a setting, is shown as it is.
    if (!target.exact && file) void rawLine.show(file, target.line);
  }

  function load(file: File) {
    Object.assign(file, unread(), { state: 'waiting' });
    readNext();
  }

  function tell() {
    const reading = files.find(({ state }) => state === 'reading');
    const done = files.filter(({ state }) => state === 'done');
    const failed = files.filter(({ state }) => state === 'trouble').length;
    const sum = (kind: keyof FileReport['counts']) =>
      done.reduce((all, { report }) => all + (report?.counts[kind] ?? 0), 0);
    const counts = `${counted(sum('prompt'), 'prompt')}, ${counted(sum('answer'), 'answer')}, ${counted(sum('tool'), 'tool call')}`;
    feedElement.setAttribute('aria-busy', String(reading !== undefined));
    const words = reading
      ? files.length > 1
        ? `Reading file ${reading.number} of ${files.length}`
        : 'Reading'
      : failed > 0
        ? `${counted(failed, 'file')} could not be read`
        : `${counts}`;
    if (status.textContent !== words) status.textContent = words;
    const progress = part<HTMLProgressElement>('progress');
    progress.hidden = reading === undefined;
    if (reading) {
      progress.max = reading.source.bytes;
      progress.value = reading.read;
    }
  }

  async function act(button: HTMLElement) {
    const row = button.closest<HTMLElement>('[data-key]');
    const key = Number(row?.dataset.key);
    switch (button.dataset.act) {
      case 'copy':
        return copy(key, button);
      case 'raw':
        return showRaw(key);
      case 'group':
        return feed.toggle(key);
      case 'stretch': {
        const field = Number(button.dataset.field);
        const place = button.closest<HTMLElement>('.part');
        const stretch = await reader.ask('stretch', { key, field, from: Number(button.dataset.from) });
        const made = stretchElement(place?.dataset.label ?? '', stretch, field);
        place?.replaceWith(made);
        made.querySelector('pre')?.focus({ preventScroll: true });
        return;
      }
      case 'load': {
        const file = files[Number(button.dataset.file) - 1];
        for (const each of files)
          if (each.state === 'trouble' && each !== file) Object.assign(each, unread(), { state: 'waiting' });
        if (file) load(file);
        return;
      }
      case 'help':
        part<HTMLDialogElement>('dialog.help').showModal();
        return;
      case 'close':
        button.closest('dialog')?.close();
    }
  }

  async function copy(key: number, button: HTMLElement | null) {
    const text = await reader.ask('source', { key });
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    const said = done ? 'Copied' : 'Not allowed';
    if (!button) {
      status.textContent = said;
      return;
    }
    button.textContent = said;
    window.setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  }

  async function showRaw(key: number) {
    const item = feed.current();
    const file = files.find(
      ({ rows, inside }) => rowIn(rows, key) || [...inside.values()].some((each) => rowIn(each, key)),
    );
    const row = file && [...file.rows, ...[...file.inside.values()].flat()].find((each) => each.key === key);
    const shown = file ?? item?.file;
    if (shown) await rawLine.show(shown, Math.max(1, row?.line ?? 1));
  }

  const isPrompt = (row: Row | null) => row?.turn != null && row.turn.who !== 'answer' && row.under === null;
  const keys: Record<string, () => unknown> = {
    j: () => feed.move(1),
    k: () => feed.move(-1),
    J: () => feed.move(1, isPrompt),
    K: () => feed.move(-1, isPrompt),
    n: () => finder.next(),
    N: () => finder.previous(),
    '/': () => finder.focus(),
    '?': () => part<HTMLDialogElement>('dialog.help').showModal(),
    o: () => feed.toggle(currentKey()),
    c: () => copy(currentKey(), null),
    v: () => showRaw(currentKey()),
  };
  const currentKey = (): number => {
    const item = feed.current();
    return item ? (item.row?.key ?? -item.file.number) : Number.NaN;
  };

  const { signal } = ended;
  section.addEventListener(
    'click',
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>('[data-act]');
      if (button) void act(button);
      const link = target?.closest<HTMLElement>('.feed [data-to]');
      if (!link) return;
      event.preventDefault();
      go(Number(link.dataset.to));
    },
    { signal },
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
    { signal },
  );
  window.addEventListener(
    'hashchange',
    () => {
      wanted = location.hash;
      followAddress(true);
    },
    { signal },
  );
  window.addEventListener(
    'online',
    () => {
      for (const file of files)
        if (file.trouble?.code === 'offline') Object.assign(file, unread(), { state: 'waiting' });
      readNext();
    },
    { signal },
  );

  async function look() {
    standing = await standingOf(api, gist, revision);
    if (standing === null || signal.aborted) return;
    const { what, next } = standingSentences[standing];
    part('.standing').replaceChildren(element('strong', {}, what), ` ${next}`);
    part('.standing').hidden = false;
    if (standing === 'changed') return;
    reader.close();
    for (const file of files) Object.assign(file, unread());
    part('.columns').hidden = true;
    bar.hidden = true;
  }

  section.classList.add('open');
  feed.set(files);
  readNext();
  void look();
  return () => {
    ended.abort();
    reader.close();
  };
}

const rowIn = (rows: readonly Row[], key: number) => rows.some((row) => row.key === key);

/** The files a section lists, with what they must be. */
function sourcesIn(section: HTMLElement): FileToRead[] {
  return [...section.querySelectorAll<HTMLElement>('.sources [data-url]')].map(({ dataset }) => ({
    name: dataset.name ?? '',
    url: dataset.url ?? '',
    bytes: Number(dataset.bytes),
    gitBlobSha: dataset.sha ?? '',
  }));
}
