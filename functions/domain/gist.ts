import { ok, type Result, refuse } from './result.ts';

/** One file of a gist, as GitHub lists it at a revision. */
export interface GistFile {
  name: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-1 git gives the file's bytes: `sha1("blob " + length + "\0" + bytes)`, 40 hex digits. */
  gitBlobSha: string;
  rawUrl: string;
}

/** What we keep of a gist; its content is never part of it. */
export interface Gist {
  id: string;
  nodeId: string;
  /** The gist's page, for people. */
  url: string;
  description: string | null;
  public: boolean;
  /** Id of the gist this one was forked from. */
  forkOf: string | null;
  /** Null when GitHub no longer names an owner. `id` is GitHub's numeric account id, as a string. */
  owner: { id: string; login: string } | null;
  /** Head commit, 40 hex digits. */
  revision: string;
  /** ISO 8601. Not a sign of edited content: GitHub moves it for other reasons too. */
  updatedAt: string;
  /** True when GitHub lists only the first 300 files. */
  filesTruncated: boolean;
  files: GistFile[];
}

/** GitHub serves no raw file above this; beyond it the pinned content cannot be fetched. */
export const maxFileBytes = 10 * 1024 * 1024;
/** What we read of one gist, all files together; a person is waiting for it. */
const maxGistBytes = 100 * 1024 * 1024;
/** GitHub lists no more files of a gist than this. */
export const maxFiles = 300;

/**
 * May this account offer this gist to the index?
 * Refuses with `not_owner`, `gist_secret`, `gist_fork`, `gist_empty` or `gist_too_large`.
 * Limits: https://docs.github.com/en/rest/gists/gists
 */
export function admitGist(gist: Gist, githubId: string | null): Result<Gist> {
  if (gist.owner?.id !== githubId) return refuse('not_owner', gist.owner ? { login: gist.owner.login } : {});
  if (!gist.public) return refuse('gist_secret');
  if (gist.forkOf !== null) return refuse('gist_fork');
  if (gist.files.every((file) => file.bytes === 0)) return refuse('gist_empty');
  if (gist.filesTruncated || gist.files.length > maxFiles) {
    return refuse('gist_too_large', { limit: `${maxFiles} files` });
  }
  const large = gist.files.find((file) => file.bytes > maxFileBytes);
  if (large) return refuse('gist_too_large', { limit: '10 MB a file', file: large.name });
  if (gist.files.reduce((sum, file) => sum + file.bytes, 0) > maxGistBytes) {
    return refuse('gist_too_large', { limit: '100 MB in all' });
  }
  return ok(gist);
}
