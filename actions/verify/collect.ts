import type { Found } from '../purge/find/found.ts';
import type { Finding, FindingKind, Report } from './finding.ts';

export interface Collected {
  counts: Record<FindingKind, number>;
  /** The first of each kind. */
  findings: Finding[];
  report: Report;
}

/** Counts what is reported, and keeps the first `most` of each kind. */
export function collect(most: number): Collected {
  const counts = { damaged: 0, missing: 0, departed: 0, superseded: 0, unknown: 0, link: 0, leftover: 0 };
  const findings: Finding[] = [];
  return {
    counts,
    findings,
    report(finding, path, gist_id, why = undefined) {
      counts[finding] += 1;
      if (counts[finding] <= most) findings.push({ finding, path, gist_id, why: why ?? null });
    },
  };
}

/** What a search for things that may not stay found, in the words of a check. */
export function reportFound(found: Found, report: Report): void {
  const { place, path, gist_id, kind, reason, at, lines } = found;
  const part = lines === null ? [] : [`${lines} ${place === 'parquet' ? 'rows' : 'lines'}`];
  switch (kind) {
    case 'leftover':
    case 'link':
      report(kind, path, gist_id);
      return;
    case 'unlisted':
    case 'unreadable':
      report('unknown', path, gist_id, kind === 'unlisted' ? 'nothing listed needs it' : 'it cannot be read');
      return;
    case 'superseded':
      report('superseded', path, gist_id, part.join(''));
      return;
    default:
      report('departed', path, gist_id, [...part, kind, ...(reason === null ? [] : [reason]), at].join(', '));
  }
}
