import type { Gist } from './gist.ts';
import type { Submission } from './move.ts';
import { rowTitle } from './title.ts';

/** What a submission takes over from its gist each time the gist is read. */
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
  };
}
