import type { Derived } from '../derived.ts';

/** What a snapshot's row says of the gist a session is from. */
export interface ListedGist {
  gist_id: string;
  gist_version: string;
  gist_url: string;
  gist_owner_login: string;
  license: string;
  record_id: string;
  seq: number;
  title: string;
}

/** Where a record comes from and what it holds: what trainers filter by, and removals are told by. */
export type Provenance = ListedGist & {
  /** Name of the file in the gist. */
  file: string;
  /** Which session of the gist it is, from 1. */
  session: number;
  branches: number;
} & Derived;

/** Nothing of the row but these fields, whatever else it holds. */
export function provenance(
  row: ListedGist,
  place: { file: string; session: number; branches: number },
  derived: Derived,
): Provenance {
  return {
    gist_id: row.gist_id,
    gist_version: row.gist_version,
    gist_url: row.gist_url,
    gist_owner_login: row.gist_owner_login,
    license: row.license,
    record_id: row.record_id,
    seq: row.seq,
    title: row.title,
    file: place.file,
    session: place.session,
    ...derived,
    branches: place.branches,
  };
}
