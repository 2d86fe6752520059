import { counted, countText } from '../../wording/figures.ts';
import { type Row, rowAddress } from '../row.ts';
import { bodyElement } from './blocks.ts';
import { element } from './element.ts';

/** What the page knows beside the row itself. */
export interface Shown {
  /** When the file's session began, in milliseconds; times are told from there. */
  start: number | null;
  open: boolean;
  /** Rows under it, where it is a subagent. */
  inside: number;
}

/** A row as an article of the feed; `position` and `of` are told to screen readers. */
export function rowElement(row: Row, shown: Shown): HTMLElement {
  const id = `row-${row.key}`;
  const article = element('article', {
    class: 'row',
    id,
    tabindex: '-1',
    'data-kind': row.kind,
    'data-under': row.under === null ? null : String(row.under),
    'data-key': String(row.key),
    // What the summary counts, for whoever counts what is shown.
    'data-counts': row.turn?.ordinal ? row.turn.who : null,
    'data-call': row.counted ? '' : null,
    'aria-labelledby': `${id}-name`,
  });
  const turn = turnElement(row, shown, id);
  if (turn) article.append(turn);
  article.append(...contentOf(row, shown, turn ? null : `${id}-name`));
  return article;
}

const turnNames = { prompt: 'Prompt', command: 'Command', answer: 'Answer' } as const;
const rowNames: Partial<Record<Row['kind'], string>> = {
  system: 'Notice',
  session: 'Another session',
  branch: 'Another branch',
};

function turnElement(row: Row, shown: Shown, id: string): HTMLElement | null {
  const { turn } = row;
  const name = turn ? turnNames[turn.who] : rowNames[row.kind];
  if (name === undefined) return null;
  const isAsked = turn !== null && turn.who !== 'answer' && row.under !== null;
  const numbered = turn?.ordinal
    ? `${name} ${countText(turn.ordinal)}`
    : isAsked
      ? 'Asked by the agent'
      : name;
  return element(
    'header',
    {},
    element('h3', { id: `${id}-name` }, numbered),
    marksElement(row),
    timeElement(row, shown.start),
    actions(row),
  );
}

function marksElement({ turn }: Row): HTMLElement | null {
  const tokens = [
    turn?.input != null && `${countText(turn.input)} in`,
    turn?.output != null && `${countText(turn.output)} out`,
  ].filter(Boolean);
  if (turn?.model == null && tokens.length === 0) return null;
  return element(
    'span',
    { class: 'marks' },
    turn?.model != null && element('bdi', {}, turn.model),
    turn?.model != null && tokens.length > 0 && ' · ',
    tokens.join(', '),
  );
}

function timeElement(row: Row, start: number | null): HTMLElement {
  const time = row.at === null ? Number.NaN : Date.parse(row.at);
  const words = Number.isNaN(time) || start === null ? `line ${countText(row.line)}` : elapsed(time - start);
  return element('a', { class: 'at', href: rowAddress(row), title: row.at ?? `Line ${row.line}` }, words);
}

/** Since the beginning: 0:42, 12:03, 3:05:17. */
function elapsed(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor((all % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

function actions(row: Row): HTMLElement {
  const button = (act: string, words: string) =>
    element('button', { type: 'button', 'data-act': act }, words);
  return element(
    'span',
    { class: 'acts' },
    row.kind !== 'session' && row.kind !== 'branch' && row.kind !== 'image' && button('copy', 'Copy'),
    button('raw', 'Raw line'),
  );
}

function contentOf(row: Row, shown: Shown, nameId: string | null): (HTMLElement | string)[] {
  const name = (words: string) =>
    element('span', { class: 'name', ...(nameId ? { id: nameId } : {}) }, words);
  // Without a header, what can be done with a row is offered under what is folded in it.
  const foot =
    nameId === null ? null : element('p', { class: 'foot' }, timeElement(row, shown.start), actions(row));
  switch (row.kind) {
    case 'tool':
      return [fold(row, shown, foot, name(row.title), resultElement(row))];
    case 'thinking':
      return [fold(row, shown, foot, name('Thinking'))];
    case 'context':
      return [fold(row, shown, foot, name('Context'))];
    case 'text':
      return [fold(row, shown, foot, name('Its text'))];
    case 'compaction':
      return [fold(row, shown, foot, name('Earlier messages, summed up'))];
    case 'image':
      return [
        element(
          'p',
          { class: 'absent' },
          name('Attachment'),
          ' ',
          element('bdi', {}, row.title || 'of an unknown kind'),
          '. It is in the file and not shown here.',
        ),
      ];
    case 'subagent':
      return [
        element(
          'button',
          { type: 'button', class: 'group', 'data-act': 'group', 'aria-expanded': String(shown.open) },
          name('Subagent'),
          element('code', {}, row.title),
          ` ${counted(shown.inside, 'entry').replace('entrys', 'entries')}`,
        ),
      ];
    case 'branch':
      return [
        element(
          'p',
          { class: 'small' },
          'The conversation goes back and takes another way from ',
          row.target === null
            ? 'an earlier message.'
            : element(
                'a',
                { href: `#row-${row.target}`, 'data-to': String(row.target) },
                'an earlier message',
              ),
          row.target === null ? null : '.',
        ),
      ];
    case 'session':
      return [element('p', { class: 'data' }, row.title)];
    default:
      return row.body ? [bodyElement(row.body)] : [element('p', { class: 'absent' }, row.brief || 'No text')];
  }
}

function fold(
  row: Row,
  shown: Shown,
  foot: HTMLElement | null,
  ...summary: (HTMLElement | null)[]
): HTMLElement {
  return element(
    'details',
    { open: shown.open ? '' : null },
    element(
      'summary',
      {},
      ...summary.slice(0, 1),
      element('bdi', { class: 'brief' }, row.brief),
      ...summary.slice(1),
    ),
    element('div', { class: 'parts' }),
    foot,
  );
}

const states = { ok: '', failed: 'failed', unknown: '', none: 'no result' } as const;

function resultElement({ result }: Row): HTMLElement | null {
  if (!result) return null;
  const parts = [states[result.state], result.lines > 0 && counted(result.lines, 'line')].filter(Boolean);
  return element('span', { class: 'result', 'data-state': result.state }, parts.join(', '));
}
