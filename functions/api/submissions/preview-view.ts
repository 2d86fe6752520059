import { contradictions } from '#domain/contradictions.ts';
import { type DatasetRow, datasetFields } from '#domain/dataset-row.ts';
import type { Gist } from '#domain/gist.ts';
import type { GistMetadata } from '#domain/gist-metadata.ts';
import { inspectedFields, isRecognised, scanVerdict } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import { licenseIds } from '#domain/license.ts';
import { recordId } from '#domain/record-id.ts';
import { describeRefusal } from '#domain/refusal.ts';
import type { Refusal } from '#domain/result.ts';
import type { State } from '#domain/submission.ts';
import { filesView, findingsView } from '../inspection-view.ts';

/** What a submission would be taken from. */
export interface Preview {
  gist: Gist;
  ownerId: string;
  metadata: GistMetadata;
  inspection: Inspection;
  /** Where the gist stands in the index already; null, too, where its owner has yet to confirm it. */
  state: State | null;
  /** Why the index would not take the gist, whatever is in it. */
  refusal: Refusal | null;
}

/** The JSON of a preview: what was recognised, what would be published of it, and what stands against that. */
export function previewView(preview: Preview): Record<string, unknown> {
  const { gist, metadata, inspection, state, refusal } = preview;
  return {
    gist_id: gist.id,
    gist_url: gist.url,
    revision: gist.revision,
    title: metadata.title,
    state,
    refusal: refusal && {
      code: refusal.code,
      detail: describeRefusal(refusal.code, refusal.details).sentence,
    },
    files: filesView(inspection),
    recognised: isRecognised(inspection),
    row: rowToBe(preview),
    ...findingsView(inspection),
    declared: inspection.declared,
    contradictions: contradictions(inspection, null),
    licenses: licenseIds,
  };
}

/** The dataset's row as far as it is known before anybody submitted or approved it; the rest is null. */
function rowToBe({ gist, ownerId, metadata, inspection }: Preview): Record<string, unknown> {
  const row: { [Field in keyof DatasetRow]: DatasetRow[Field] | null } = {
    gist_id: gist.id,
    gist_url: metadata.gistUrl,
    gist_owner_id: ownerId,
    gist_owner_login: metadata.ownerLogin,
    gist_version: metadata.revision,
    gist_updated_at: metadata.gistUpdatedAt.toISOString(),
    submitted_at: null,
    approved_at: null,
    source: 'github_gist',
    license: null,
    record_id: recordId(gist.id),
    seq: null,
    title: metadata.title,
    files: metadata.files.map(({ name, bytes, gitBlobSha, rawUrl }) => ({
      name,
      bytes,
      git_blob_sha: gitBlobSha,
      raw_url: rawUrl,
    })),
    total_bytes: metadata.totalBytes,
    ...inspectedFields(inspection),
    license_declared_by: 'contributor',
    attestation_version: null,
    scan: scanVerdict(inspection, null),
  };
  return Object.fromEntries(datasetFields.map((field) => [field, row[field]]));
}
