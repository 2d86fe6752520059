/**
 * The id a gist's row has in every snapshot, whatever revision is listed. Derived from the gist id, so that a
 * database rebuilt from published files gives the same ones.
 */
export function recordId(gistId: string): string {
  return `github_gist:${gistId}`;
}
