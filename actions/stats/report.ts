import { bytesText } from '#domain/bytes-text.ts';
import { oneLine } from '#domain/one-line.ts';
import { columns, count } from '../copy/words.ts';
import type { JobResult } from '../job.ts';
import { flagNames, sumNames } from './counted.ts';
import { ranked, type Span, type Values } from './numbers.ts';
import type { Outcome } from './run.ts';

/** How many values are named for people. */
const mostNamed = 10;

const inWords = (number: number) => number.toLocaleString('en-GB');
const spaced = (name: string) => name.replaceAll('_', ' ');

/** Tells the numbers as aligned lines, and all of them as one object. */
export function report(outcome: Outcome): JobResult {
  const { copy, snapshot, listed, departed, counted, here, statuses } = outcome;
  const { sessions, files, bytes, contributors, approved, started, flags, sums } = counted;
  const rows = [
    ['snapshot', `${snapshot}, ${count(listed, 'session', 'sessions')}`],
    ['selected', inWords(sessions), departed === 0 ? '' : `and ${inWords(departed)} that departed since`],
    ['files', inWords(files), bytesText(bytes)],
    ['contributors', inWords(contributors.size)],
    ['approved', spanText(approved)],
    ['started', spanText(started)],
    ...sumNames.map((name) => {
      const { sum, known } = sums[name];
      return [spaced(name), sum === null ? 'not known' : inWords(sum), knownText(known, sessions)];
    }),
    ...flagNames.map((name) => {
      const { yes, no } = flags[name];
      return [spaced(name), `${inWords(yes)} yes, ${inWords(no)} no`, knownText(yes + no, sessions)];
    }),
    [
      'in the copy',
      inWords(here.sessions),
      `${count(here.files, 'file', 'files')}, ${bytesText(here.bytes)}`,
    ],
    ['status', statusText(statuses)],
  ];
  return {
    ok: true,
    lines: [
      ...columns(rows.map((cells) => [cells[0] ?? '', cells.slice(1).filter(Boolean).join('  ')])),
      ...valueLines('licence', counted.licenses),
      ...valueLines('agent', counted.agents),
      ...valueLines('format', counted.formats),
      ...valueLines('model', counted.models),
      ...valueLines('language', counted.languages),
    ],
    summary: {
      copy,
      snapshot_id: snapshot,
      listed,
      sessions,
      departed_since: departed,
      files,
      bytes,
      contributors: contributors.size,
      approved,
      started,
      ...sums,
      flags,
      licenses: valuesObject(counted.licenses),
      agents: valuesObject(counted.agents),
      formats: valuesObject(counted.formats),
      models: valuesObject(counted.models),
      languages: valuesObject(counted.languages),
      here,
      statuses,
    },
  };
}

function spanText({ first, last }: Span): string {
  return first === null || last === null ? 'not known' : `${first.slice(0, 10)} to ${last.slice(0, 10)}`;
}

function knownText(known: number, sessions: number): string {
  return known === sessions ? '' : `known of ${inWords(known)}`;
}

function statusText(statuses: Outcome['statuses']): string {
  const said = Object.entries(statuses).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    said
      .map(([name, number]) => `${inWords(number)} ${name === 'none' ? 'not in status.ndjson' : name}`)
      .join(', ') || 'none'
  );
}

function valueLines(title: string, values: Values): string[] {
  const all = ranked(values);
  const named = all.slice(0, mostNamed);
  const rest = all.slice(mostNamed).reduce((sum, [, number]) => sum + number, values.others);
  return columns([
    ...named.map(([value, number]) => [title, inWords(number), oneLine(value, 80)]),
    ...(rest > 0 ? [[title, inWords(rest), `of ${inWords(all.length - named.length)} others`]] : []),
    ...(values.unknown > 0 ? [[title, inWords(values.unknown), 'not known']] : []),
  ]);
}

function valuesObject({ others, unknown, ...values }: Values) {
  return {
    values: ranked({ others, unknown, ...values }).map(([value, sessions]) => ({ value, sessions })),
    others,
    unknown,
  };
}
