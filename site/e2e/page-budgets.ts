import type { PageWeight } from './page-weight.ts';

/** What a page may weigh, in bytes of gzip. */
interface Budget {
  /** HTML with style sheets, icon and images. */
  page: number;
  /** The scripts it runs, workers and what they load included. */
  scripts: number;
  /** The names of the scripts in its HTML. */
  names: RegExp;
}

/** What a new connection brings in its first round trip, ten packets of 1,460 bytes: https://www.rfc-editor.org/rfc/rfc6928 */
const firstRoundTrip = 14_336;
const plain: Budget = { page: firstRoundTrip, scripts: 0, names: /^none$/ };
const interactive: Readonly<Record<string, Budget>> = {
  '/sessions': { page: firstRoundTrip, scripts: 30_720, names: /\/(?:explorer|asked)\./ },
  '/sessions/[gist_id]': { page: firstRoundTrip, scripts: 84_000, names: /\/viewer\./ },
  '/moderation': { page: 18_000, scripts: 90_000, names: /\/(?:viewer|desk)\./ },
  '/moderation/[gist_id]': { page: 18_000, scripts: 90_000, names: /\/(?:viewer|desk)\./ },
};

/** What of a page of this kind is over its budget, or a script that has no business there. `run`: bytes of scripts it ran. */
export function excess({ page, scripts, scriptPaths }: PageWeight, kind: string, run = scripts): string[] {
  const budget = interactive[kind] ?? plain;
  return [
    ...(page > budget.page ? [`page: ${page} bytes, ${budget.page} allowed`] : []),
    ...(run > budget.scripts ? [`scripts: ${run} bytes, ${budget.scripts} allowed`] : []),
    ...scriptPaths.filter((path) => !budget.names.test(path)),
  ];
}
