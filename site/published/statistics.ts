import type { MonthStanding } from '#domain/standing.ts';
import { departures } from '#domain/submission.ts';
import { lengths } from '../browse/facets.ts';
import type { Counted } from '../browse/make/summarise.ts';
import { monthsThrough } from '../charts/months.ts';

/** How often something occurs in the index. */
export interface Count {
  name: string;
  count: number;
  /** No one thing, but what is not known, or all that is not named. */
  rest?: boolean;
}

/** What is listed, by the month in which a moderator approved it: new in it, and of all months up to it. */
export function growth({ approved }: Pick<Counted, 'approved'>): {
  month: string;
  new: number;
  all: number;
}[] {
  const found = new Map(approved.map(({ month, sessions }) => [month, sessions]));
  let all = 0;
  return monthsThrough(approved.map(({ month }) => month)).map((month) => {
    const sessions = found.get(month) ?? 0;
    all += sessions;
    return { month, new: sessions, all };
  });
}

/** The most frequent values of a facet that no session has two of, and what the rest of the sessions come to. */
export function oneEach(
  { sessions, facets }: Pick<Counted, 'sessions' | 'facets'>,
  facet: 'agent' | 'license',
  most: number,
  unknown: string,
): Count[] {
  const { values, more } = facets[facet];
  const named = values.slice(0, most).map(({ value, sessions }) => ({ name: value, count: sessions }));
  const others = values.slice(most);
  const otherSessions = others.reduce((sum, { sessions }) => sum + sessions, 0);
  const known = named.reduce((sum, { count }) => sum + count, 0) + otherSessions;
  const rest: Count[] = [
    { name: `${others.length + more} others`, count: otherSessions, rest: true },
    { name: unknown, count: sessions - known, rest: true },
  ];
  return [...named, ...rest.filter(({ count }) => count > 0)];
}

/** Sessions by how many messages they have, the shortest first. */
export function lengthCounts({ facets }: Pick<Counted, 'facets'>): Count[] {
  const found = new Map(facets.length.values.map(({ value, sessions }) => [value, sessions]));
  return lengths
    .map(({ value, from }) => ({
      name: lengthWords[value],
      count: found.get(value) ?? 0,
      ...(from === null ? { rest: true } : {}),
    }))
    .filter(({ count, rest }) => !rest || count > 0)
    .sort((a, b) => Number(a.rest ?? false) - Number(b.rest ?? false));
}

const lengthWords: Record<(typeof lengths)[number]['value'], string> = {
  unknown: 'not known',
  'under-10': 'under 10',
  '10-49': '10 to 49',
  '50-199': '50 to 199',
  '200-999': '200 to 999',
  '1000-up': '1000 and more',
};

/** The last of some months, as many as a page has room for. */
export function lastMonths<Month>(months: readonly Month[]): Month[] {
  return months.slice(-24);
}

/** Of the sessions listed first in a month, how many are not listed today. */
export function notListed(month: MonthStanding): number {
  return departures.reduce((sum, kind) => sum + month[kind], 0);
}
