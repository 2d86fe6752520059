import { createReadStream } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { type DatasetRow, datasetRow } from '#domain/dataset-row.ts';
import { type Manifest, manifest } from '#domain/snapshot.ts';

/** What the pages are made of. `manifest` is null as long as nothing was exported. */
export interface Snapshot {
  manifest: Manifest | null;
  /** In the file's order: newest approval first. */
  rows: readonly DatasetRow[];
  byGist: ReadonlyMap<string, DatasetRow>;
}

/** The folder `latest` stands for just now, or null as long as nothing was exported. */
export async function latestFolder(folder: string): Promise<string | null> {
  try {
    return await realpath(join(folder, 'latest'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads the manifest and rows of one snapshot folder (`latest`, resolved, so that an export finishing meanwhile
 * cannot mix two). Throws one sentence naming file and line when they are not what the schema promises.
 */
export async function readSnapshot(latest: string | null): Promise<Snapshot> {
  if (latest === null) return { manifest: null, rows: [], byGist: new Map() };

  const manifestFile = join(latest, 'manifest.json');
  const found = parseLine(manifest, await readFile(manifestFile, 'utf8'), manifestFile);

  const rowsFile = join(latest, 'submissions.ndjson');
  const rows: DatasetRow[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(rowsFile), crlfDelay: Infinity })) {
    line += 1;
    rows.push(parseLine(datasetRow, text, `${rowsFile}, line ${line}`));
  }
  if (rows.length !== found.record_count) {
    throw new Error(`${rowsFile} has ${rows.length} rows; its manifest says ${found.record_count}.`);
  }

  return { manifest: found, rows, byGist: new Map(rows.map((row) => [row.gist_id, row])) };
}

function parseLine<Shape extends z.ZodType>(shape: Shape, text: string, where: string): z.output<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${where}: not JSON.`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${where}: ${issue?.path.join('.') || 'the whole line'}: ${issue?.message}.`);
}
