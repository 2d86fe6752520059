/**
 * A trainer's copy of what a snapshot points to:
 *
 *   snapshots/<id>/                           as published; `latest` is a link to the one that holds
 *   removed.ndjson                            all departures so far, as the index told them last
 *   sessions/<aa>/<gist id>/<revision>/<file> a gist's files, under names that are safe on every system
 *   store/<aa>/<git blob sha>                 the same bytes once, whatever gists hold them; hard links where there can be
 *   status.ndjson                             what became of each gist of the last run; `status-2-of-8.ndjson` of a shard
 *   sts/, messages/, parquet/                 what was made of the sessions
 *   .lock, .part/                             of a run at work
 *
 * `<aa>` are the first two characters of what follows.
 */
export function sessionPath(gistId: string, revision: string): string {
  return `sessions/${gistId.slice(0, 2)}/${gistId}/${revision}`;
}

export function storedPath(gitBlobSha: string): string {
  return `store/${gitBlobSha.slice(0, 2)}/${gitBlobSha}`;
}

/** Part of the work, for as many machines: the `index`th of `of`, from 1. */
export interface Shard {
  index: number;
  of: number;
}

/** What a shard's own files are called: `status.ndjson` of everything, `status-2-of-8.ndjson` of a shard. */
export function shardName(name: string, { index, of }: Shard): string {
  if (of === 1) return name;
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}-${index}-of-${of}${name.slice(dot)}`;
}
