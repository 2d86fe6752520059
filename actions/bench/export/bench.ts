import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillIndex, plainRows } from '#sql/testing-sessions.ts';
import { countDifferences } from '../../export/parquet/testing-same-rows.ts';
import { measure, type Run } from '../measure.ts';
import { type Measured, median } from '../measured.ts';
import { openServer } from '../open-server.ts';
import { withPostgres } from '../with-postgres.ts';

const count = 1_000_000;
const rounds = 3;
const program = join(import.meta.dirname, 'process.ts');

/** An index of a million rows exported from a PostgreSQL server, beside psql's COPY of the same rows to a file. */
export async function* benchExport(): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
  try {
    yield* await withPostgres(async (url) => {
      const database = openServer(url);
      await fillIndex(database, count).finally(() => database.close());
      return measureAll(url, folder);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureAll(url: string, folder: string): Promise<Measured[]> {
  const [rows, whole, peer]: [Run[], Run[], Run[]] = [[], [], []];
  const copy = [
    '--quiet',
    '--output',
    join(folder, 'copied'),
    '--command',
    `copy (${plainRows}) to stdout`,
    url,
  ];
  const told: string[] = [];
  for (let round = 0; round < rounds; round++) {
    peer.push(await measure('psql', copy));
    rows.push(await measure(process.execPath, [program, 'rows', url, join(folder, 'rows')]));
    rmSync(join(folder, 'whole'), { recursive: true, force: true });
    whole.push(await measure(process.execPath, [program, 'whole', url, join(folder, 'whole')]));
    told.push(filesOf(join(folder, 'whole/latest/manifest.json')));
  }
  const latest = join(folder, 'whole/latest');
  const middle = (runs: readonly Run[], figure: (run: Run) => number) =>
    Number(median(runs.map(figure)).toFixed(2));
  const peer_name = 'psql -c "copy (the same rows, all columns) to stdout" into a file';
  const title = `${count} rows`;
  const none = { peer: null, peer_name: 'none' };
  return [
    {
      metric: `${title}: NDJSON and addresses, with their sha256`,
      unit: 's',
      ours: middle(rows, ({ seconds }) => seconds),
      peer: middle(peer, ({ seconds }) => seconds),
      peer_name,
    },
    {
      metric: `${title}: peak memory of that`,
      unit: 'MB',
      ours: middle(rows, ({ peakMb }) => peakMb),
      peer: middle(peer, ({ peakMb }) => peakMb),
      peer_name,
    },
    {
      metric: `${title}: whole snapshot`,
      unit: 's',
      ours: middle(whole, ({ seconds }) => seconds),
      peer: middle(peer, ({ seconds }) => seconds),
      peer_name,
    },
    {
      metric: `${title}: peak memory of that, all processes together`,
      unit: 'MB',
      ours: middle(whole, ({ peakMb }) => peakMb),
      peer: middle(peer, ({ peakMb }) => peakMb),
      peer_name,
    },
    {
      metric: `snapshots of it, of ${rounds}, whose files are not those of the first, byte for byte`,
      unit: 'snapshots',
      ours: told.filter((files) => files !== told[0]).length,
      ...none,
    },
    ...(await readBack(latest)),
  ];
}

/** The manifest's list of files: their bytes and hashes. */
function filesOf(manifest: string): string {
  return JSON.stringify(JSON.parse(readFileSync(manifest, 'utf8')).files);
}

async function readBack(latest: string): Promise<Measured[]> {
  const figures: Measured[] = [];
  for (const reader of ['duckdb', 'hyparquet'] as const) {
    const differing = await countDifferences(latest, reader);
    figures.push({
      metric: `rows of submissions.parquet, read by ${reader}, that differ from the NDJSON`,
      unit: 'rows',
      ours: differing,
      peer: null,
      peer_name: 'none',
    });
  }
  return figures;
}
