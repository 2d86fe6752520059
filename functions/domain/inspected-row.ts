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
 * The row's field `scan`: clean without findings; reviewed when each finding was kept and is among those that a
 * moderator who approved has seen; else null.
 */
export function scanVerdict(
  { findings, findings_omitted }: Pick<Inspection, 'findings' | 'findings_omitted'>,
  seen: readonly Finding[] | null,
): DatasetRow['scan'] {
  if (findings.length + findings_omitted === 0) return 'clean';
  const fingerprints = new Set(seen?.map(({ fingerprint }) => fingerprint));
  const seenAll =
    findings_omitted === 0 && findings.every(({ fingerprint }) => fingerprints.has(fingerprint));
  return seenAll ? 'reviewed' : null;
}

/** Does any file of the gist hold a session? */
export function isRecognised({ files }: Pick<Inspection, 'files'>): boolean {
  return files.some(({ format }) => format !== null);
}

/**
 * The gist with no text but what is known to be free of secrets: else without its description, and with files called by
 * their place. Such a gist is never listed as it is; this is what people see of it until it is looked at again.
 */
export function gistToDescribe(gist: Gist, inspection: Inspection | null): Gist {
  const isKnownClean =
    inspection && !blocking(inspection.findings).some(({ file }) => file === '(description)');
  const files = gist.files.map((file, i) => {
    const name = inspection?.files[i]?.name ?? `(file ${i + 1})`;
    return name === file.name ? file : { ...file, name, rawUrl: file.rawUrl.replace(/\/[^/]*$/, '') };
  });
  return { ...gist, files, description: isKnownClean ? gist.description : null };
}
