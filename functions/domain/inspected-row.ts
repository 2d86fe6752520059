import type { DatasetRow } from './dataset-row.ts';
import type { Derived } from './derived.ts';
import { besideFiles, type Finding } from './finding.ts';
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

/** Was something found in the gist's description that its owner does not declare to be none? Then it is no title. */
export function isTitleWithheld({ findings }: Pick<Inspection, 'findings'>): boolean {
  return findings.some(({ file, declared_false }) => file === besideFiles.description && !declared_false);
}

/**
 * The gist with no text but what may be published of it. Without its description where a secret or personal data was
 * found in that, or nobody looked; with a file called by its place where its name holds a secret, or nobody looked. A
 * gist with such a name is never listed as it is; this is what people see of it until it is looked at again.
 */
export function gistToDescribe(gist: Gist, inspection: Inspection | null): Gist {
  const files = gist.files.map((file, i) => {
    const name = inspection?.files[i]?.name ?? `(file ${i + 1})`;
    return name === file.name ? file : { ...file, name, rawUrl: file.rawUrl.replace(/\/[^/]*$/, '') };
  });
  const shown = inspection !== null && !isTitleWithheld(inspection);
  return { ...gist, files, description: shown ? gist.description : null };
}
