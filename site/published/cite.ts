import type { Manifest } from '#domain/snapshot.ts';

/** A snapshot to cite, at the address of the site, which has no slash at its end. `sums` is the SHA-256 of its SHA256SUMS. */
interface Cited {
  site: string;
  manifest: Pick<Manifest, 'snapshot_id' | 'snapshot_dir' | 'log_seq' | 'record_count'>;
  sums: string;
}

/** Where a snapshot says what it is, for good: a page of the site tells only of the snapshots it has a copy of. */
const addressOf = ({ site, manifest }: Cited) => `${site}/dataset/${manifest.snapshot_dir}/manifest.json`;

/** How a text names a snapshot, so that a reader can find it and know it is the same. */
export function citation(cited: Cited): string {
  const { snapshot_id: id, log_seq: seq, record_count: rows } = cited.manifest;
  return `Open Agent Sessions. Data set, snapshot ${id}: ${rows} sessions, log number ${seq}. ${addressOf(cited)}. SHA-256 of SHA256SUMS: ${cited.sums}`;
}

/** The same as a BibTeX entry; `misc`, as BibTeX has no kind for data sets. */
export function bibtex(cited: Cited): string {
  const { site, sums } = cited;
  const { snapshot_id: id, log_seq: seq, record_count: rows } = cited.manifest;
  const fields = {
    title: '{Open Agent Sessions}',
    author: `{${new URL(site).host}}`,
    year: id.slice(0, 4),
    month: String(Number(id.slice(5, 7))),
    howpublished: `\\url{${addressOf(cited)}}`,
    note: `Data set, snapshot ${id}: ${rows} sessions, log number ${seq}, SHA-256 of SHA256SUMS ${sums}`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{openagentsessions-${id.slice(0, 10)},\n${lines.join(',\n')}\n}`;
}
