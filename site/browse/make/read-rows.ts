import { createReadStream } from 'node:fs';
import { type DatasetRow, datasetRow } from '#domain/dataset-row.ts';

interface Line {
  text: string;
  /** Counting from 1. */
  number: number;
  /** Where it begins in the file, and how long it is without its end, in bytes. */
  offset: number;
  bytes: number;
}

/**
 * The rows of a submissions.ndjson in their order, without holding them. Throws one sentence naming file and line where one
 * is not what the schema promises.
 */
export async function* readRows(path: string): AsyncGenerator<{ row: DatasetRow }> {
  for await (const { text, number } of readLines(path)) {
    yield { row: readRow(text, `${path}, line ${number}`) };
  }
}

/** The lines of a file, of which the last one must have an end too. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const piece = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let to = piece.indexOf(10); to >= 0; to = piece.indexOf(10, from)) {
      line += 1;
      const bytes = to - from;
      yield { text: piece.toString('utf8', from, to), number: line, offset, bytes };
      offset += bytes + 1;
      from = to + 1;
    }
    rest = piece.subarray(from);
  }
  if (rest.length > 0) throw new Error(`${path}, line ${line + 1}: it is cut off.`);
}

/** The row in a line of submissions.ndjson; `where` names it in the sentence that is thrown when there is none. */
export function readRow(text: string, where: string): DatasetRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${where}: not JSON.`);
  }
  const parsed = datasetRow.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${where}: ${issue?.path.join('.') || 'the whole line'}: ${issue?.message}.`);
}
