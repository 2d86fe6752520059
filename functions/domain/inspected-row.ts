import type { DatasetRow } from './dataset-row.ts';
import type { Derived } from './derived.ts';
import { blocking, type Finding } from './finding.ts';
import type { Gist } from './gist.ts';
import type { Inspection } from './inspection.ts';

/** The dataset row's fields that come from an inspection. */
export type InspectedFields = Derived & Pick<DatasetRow, 'topic' | 'tags' | 'scanner_version'>;

/** What an inspection gives the dataset's row: what was derived, and what the owner declares about the session. */
export function inspectedFields({ derived, declared, scanner_version }: Inspection): InspectedFields {
  return {
    topic: declared?.session?.topic ?? null,
    tags: declared?.tags ?? [],
    ...derived,
    scanner_version,
  };
}

/**
 * The row's field `scan`: clean without findings; reviewed when each finding is among those that a moderator who
 * approved has seen; else null.
 */
export function scanVerdict(
  { findings, findings_omitted }: Pick<Inspection, 'findings' | 'findings_omitted'>,
  seen: readonly Finding[] | null,
): DatasetRow['scan'] {
  if (findings.length + findings_omitted === 0) return 'clean';
  const fingerprints = new Set(seen?.map(({ fingerprint }) => fingerprint));
  return findings.every(({ fingerprint }) => fingerprints.has(fingerprint)) ? 'reviewed' : null;
}

/** Does any file of the gist hold a session? */
export function isRecognised({ files }: Pick<Inspection, 'files'>): boolean {
  return files.some(({ format }) => format !== null);
}

/**
 * The gist without its description where that is not known to be free of secrets, so that a file's name becomes the
 * row's title.
 */
export function gistToDescribe(gist: Gist, inspection: Inspection | null): Gist {
  const isKnownClean =
    inspection && !blocking(inspection.findings).some(({ file }) => file === '(description)');
  return isKnownClean ? gist : { ...gist, description: null };
}
