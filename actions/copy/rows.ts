import { join } from 'node:path';
import type { z } from 'zod';
import { JobFailure } from '../failure.ts';
import { readLines } from './lines.ts';
import { type ListedRow, listedRow } from './listed-row.ts';

/**
 * The rows of a snapshot, in the order of its submissions.ndjson. Memory does not grow with them. Throws JobFailure, naming
 * file and line, at one that is no row.
 */
export function readRows(snapshotFolder: string): AsyncGenerator<ListedRow> {
  return readRecords(join(snapshotFolder, 'submissions.ndjson'), listedRow);
}

/**
 * The lines of a file of JSON lines, each held to a schema. Throws JobFailure, naming the line and `title`, at one that does
 * not fit.
 */
export async function* readRecords<Line>(
  path: string,
  schema: z.ZodType<Line>,
  title = path,
): AsyncGenerator<Line> {
  let count = 0;
  for await (const line of readLines(path, title)) {
    count += 1;
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const fields = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? 'all of it')));
      throw new JobFailure(
        `Line ${count} of ${title} is not as a dataset's lines are (${[...fields].join(', ')}). Pull again; if that does not help, update this program.`,
      );
    }
    yield parsed.data;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
