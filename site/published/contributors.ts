import type { DatasetRow } from '#domain/dataset-row.ts';

/** An owner of listed gists. Known by the numeric account id; the login is the latest one seen. */
export interface Contributor {
  id: string;
  login: string;
  /** In the order of the rows they were grouped from. */
  rows: readonly DatasetRow[];
  totalBytes: number;
}

/** Groups rows by owner id. The login shown is that of the row listed last, since logins are renamed. */
export function contributors(rows: readonly DatasetRow[]): Map<string, Contributor> {
  const owners = new Map<string, Contributor>();
  for (const [id, owned] of Map.groupBy(rows, (row) => row.gist_owner_id)) {
    const last = owned.reduce((newest, row) => (row.seq > newest.seq ? row : newest));
    const totalBytes = owned.reduce((sum, row) => sum + row.total_bytes, 0);
    owners.set(id, { id, login: last.gist_owner_login, rows: owned, totalBytes });
  }
  return owners;
}
