import { bindKeySwitch } from '../../scripts/single-keys.ts';
import { counted } from '../../wording/figures.ts';
import type { FileReport, FileToRead } from '../protocol.ts';
import type { Row } from '../row.ts';
import { bindActs } from './acts.ts';
import { element } from './element.ts';
import { openFeed } from './feed.ts';
import { addRows, changeRow, type File, fileKey, filesOf, unread } from './files.ts';
import { openFindBar } from './find-bar.ts';
import { openOutline } from './outline.ts';
import { openRawLine } from './raw-line.ts';
import { openReader } from './reader.ts';
import { standingSentences } from './sentences.ts';
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
  let outlineTimer = 0;
  let nextKey = 0;
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
  bindKeySwitch(part('dialog.help [data-keys-on]'));
  const say = (words: string) => {
    status.textContent = words;
  };
  bindActs(section, { files, feed, finder, rawLine, reader: () => reader, go, load, say }, ended.signal);

  function readNext() {
    const next = files.find(({ state }) => state === 'waiting');
    if (!next || files.some(({ state }) => state === 'reading')) return tell();
    next.state = 'reading';
    showHeads();
    reader.read(next.number, next.source, nextKey);
    tell();
  }

  function onRows(number: number, added: readonly Row[], changed: readonly Row[], bytes: number) {
    const file = files[number - 1];
    if (!file) return;
    file.read = bytes;
    nextKey = Math.max(nextKey, (added.at(-1)?.key ?? -1) + 1);
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

  function onTrouble(number: number, trouble: NonNullable<File['trouble']>, stopped: boolean) {
    const file = files[number - 1];
    if (!file) return;
    if (stopped) renew();
    Object.assign(file, unread(), { state: 'trouble', trouble });
    showOutline();
    // With one file out of reach the next ones are, too.
    const hopeless = trouble.code === 'offline' || trouble.code === 'too_many_requests';
    for (const each of files)
      if (hopeless && each.state === 'waiting') Object.assign(each, { state: 'trouble', trouble });
    showHeads();
    readNext();
    // What was found in it is not there any more.
    finder.again();
  }

  /** Shows what is known of each file now. */
  function showHeads() {
    feed.set(files);
    for (const file of files) feed.refresh(fileKey(file));
  }

  /** A worker that was stopped is replaced; what it has read is read again. */
  function renew() {
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

  /** Reads a file now, and those again that could not be read. */
  function load(file: File) {
    for (const each of files)
      if (each.state === 'trouble' && each !== file) Object.assign(each, unread(), { state: 'waiting' });
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

  const { signal } = ended;
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
    const standing = await standingOf(api, gist, revision);
    if (standing === null || signal.aborted) return;
    const { what, next } = standingSentences[standing];
    part('.standing').replaceChildren(element('strong', {}, what), ` ${next}`);
    part('.standing').hidden = false;
    if (standing !== 'changed') withdraw();
  }

  /** The owner took it back: nothing of it stays on the page. */
  function withdraw() {
    end();
    files.length = 0;
    feed.set(files);
    showOutline();
    rawLine.clear();
    for (const rest of section.querySelectorAll<HTMLElement>('.bar, .columns')) rest.hidden = true;
  }

  function end() {
    ended.abort();
    reader.close();
  }

  section.classList.add('open');
  feed.set(files);
  readNext();
  void look();
  return end;
}

/** The files a section lists, with what they must be. */
function sourcesIn(section: HTMLElement): FileToRead[] {
  return [...section.querySelectorAll<HTMLElement>('.sources [data-url]')].map(({ dataset }) => ({
    name: dataset.name ?? '',
    url: dataset.url ?? '',
    bytes: Number(dataset.bytes),
    gitBlobSha: dataset.sha ?? '',
  }));
}
