import type { Gist } from './gist.ts';
import { gistToDescribe } from './inspected-row.ts';
import type { Inspection } from './inspection.ts';
import { earlierFilesForgotten, type Submission } from './move.ts';
import { rowTitle } from './title.ts';

/** What a submission takes over from its gist each time the gist is read as a public one of its owner. */
export type GistMetadata = Pick<
  Submission,
  | 'ownerLogin'
  | 'gistUrl'
  | 'nodeId'
  | 'title'
  | 'files'
  | 'totalBytes'
  | 'revision'
  | 'gistUpdatedAt'
  | 'verifiedAt'
  | 'availability'
  | 'lostAt'
>;

/** The metadata of a gist just read, whose owner GitHub names. */
export function gistMetadata(gist: Gist, ownerLogin: string, now: Date): GistMetadata {
  return {
    ownerLogin,
    gistUrl: gist.url,
    nodeId: gist.nodeId,
    title: rowTitle(gist.description, gist.files),
    files: gist.files,
    totalBytes: gist.files.reduce((sum, file) => sum + file.bytes, 0),
    revision: gist.revision,
    gistUpdatedAt: new Date(gist.updatedAt),
    verifiedAt: now,
    availability: 'available',
    lostAt: null,
  };
}

/** What a submission takes over from its gist when that was edited. `found`: what is in it; null where nobody looked. */
export function editedMetadata(
  gist: Gist,
  found: Inspection | null,
  ownerLogin: string,
  now: Date,
): GistMetadata & Partial<Submission> {
  const described = gistToDescribe(gist, found);
  const withheld = described.files.some(({ name }, i) => name !== gist.files[i]?.name);
  return { ...gistMetadata(described, ownerLogin, now), ...(withheld ? earlierFilesForgotten : {}) };
}
