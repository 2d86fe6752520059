import { licenseIds } from '#domain/license.ts';
import { JobFailure } from '../../failure.ts';
import type { ListedRow } from '../listed-row.ts';
import { type Condition, fulfils, readConditions } from './condition.ts';
import { readIds } from './id-file.ts';

/** Which rows of a snapshot are meant: those that fulfil all of it. */
export interface Selection {
  where: readonly Condition[];
  /** One of these; any, where there is none. */
  license: readonly string[];
  minToolCalls: number | null;
  /** Approved then or later, and then or earlier: epoch milliseconds. */
  since: number | null;
  until: number | null;
  /** The first of them, in the snapshot's order. */
  limit: number | null;
  ids: ReadonlySet<string> | null;
}

/** The flags of a selection as they were typed, without their dashes. */
export interface SelectionFlags {
  where?: readonly string[];
  license?: readonly string[];
  minToolCalls?: string;
  since?: string;
  until?: string;
  limit?: string;
  /** A file of gist ids. */
  ids?: string;
}

export const everything: Selection = {
  where: [],
  license: [],
  minToolCalls: null,
  since: null,
  until: null,
  limit: null,
  ids: null,
};

/** Reads the flags of a selection, and the file they may name. Throws JobFailure, naming the flag, at what is wrong. */
export async function readSelection(flags: SelectionFlags): Promise<Selection> {
  return {
    where: readConditions(flags.where ?? []),
    license: readLicenses(flags.license ?? []),
    minToolCalls: readCount('--min-tool-calls', flags.minToolCalls, 0),
    since: readTime('--since', flags.since, 'T00:00:00.000Z'),
    until: readTime('--until', flags.until, 'T23:59:59.999Z'),
    limit: readCount('--limit', flags.limit, 1),
    ids: flags.ids === undefined ? null : await readIds(flags.ids),
  };
}

/** Is the row meant? The limit is kept by who goes through the rows. */
export function isSelected(row: ListedRow, selection: Selection): boolean {
  const { license, minToolCalls, since, until, ids, where } = selection;
  if (ids !== null && !ids.has(row.gist_id)) return false;
  if (license.length > 0 && !license.includes(row.license)) return false;
  if (minToolCalls !== null && (row.tool_calls === null || row.tool_calls < minToolCalls)) return false;
  if (since !== null && !(Date.parse(row.approved_at) >= since)) return false;
  if (until !== null && !(Date.parse(row.approved_at) <= until)) return false;
  return where.every((condition) => fulfils(row, condition));
}

/** Does it take all rows, up to its limit? */
export function takesAll({ where, license, minToolCalls, since, until, ids }: Selection): boolean {
  return (
    where.length + license.length === 0 && [minToolCalls, since, until, ids].every((part) => part === null)
  );
}

function readLicenses(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => text.split(','));
  return names.map((typed) => {
    const name = typed.trim();
    const known = licenseIds.find((id) => id.toLowerCase() === name.toLowerCase());
    if (known !== undefined) return known;
    throw new JobFailure(`--license: the dataset has no licence "${name}". It has ${licenseIds.join(', ')}.`);
  });
}

function readCount(flag: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (/^\d{1,15}$/.test(text) && number >= least) return number;
  throw new JobFailure(`${flag} takes a whole number${least > 0 ? ` from ${least}` : ''}, not "${text}".`);
}

/** A day counts whole, in UTC; a time without a zone is UTC too. */
function readTime(flag: string, text: string | undefined, ofDay: string): number | null {
  if (text === undefined) return null;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const time = isDay
    ? Date.parse(text + ofDay)
    : isTime
      ? Date.parse(isTime[1] ? text : `${text}Z`)
      : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new JobFailure(
    `${flag} takes a day such as 2026-11-22, or a time such as 2026-11-22T06:00Z, not "${text}".`,
  );
}
