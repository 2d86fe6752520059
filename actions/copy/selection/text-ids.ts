import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { JobFailure } from '../../failure.ts';
import { csvRecords } from './csv.ts';

/** A JSON list is read whole; lines are not. */
const mostJsonBytes = 256 * 1024 * 1024;
const mostLine = 4 * 1024 * 1024;
const column = 'gist_id';

/** What the lines of a text name: NDJSON, a JSON list, CSV with a column `gist_id`, or an id or address a line. */
export async function* textIds(path: string): AsyncGenerator<unknown> {
  let first = true;
  for await (const line of linesOf(path)) {
    if (first && line.trimStart().startsWith('[')) return yield* jsonIds(path);
    if (first && isCsv(line)) return yield* csvIds(path, line.includes('\t') ? '\t' : ',');
    first = false;
    yield /^\s*[{"]/.test(line) ? named(parse(line, path)) : line;
  }
}

/** Lines that say something, without the mark that some programs put at a file's beginning. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.length > mostLine) throw new JobFailure(`--ids: a line of ${path} is too long for a gist's id.`);
    const text = line.replace(/^\ufeff/, '');
    if (text.trim() !== '') yield text;
  }
}

const isCsv = (line: string) =>
  line.split(/[,\t]/).some((cell) => cell.trim().replaceAll('"', '').toLowerCase() === column);

async function* csvIds(path: string, separator: string): AsyncGenerator<unknown> {
  let place = -1;
  for await (const cells of csvRecords(linesOf(path), separator)) {
    if (place === -1) place = cells.findIndex((cell) => cell.trim().toLowerCase() === column);
    else yield cells[place]?.trim();
  }
}

async function* jsonIds(path: string): AsyncGenerator<unknown> {
  if ((await stat(path)).size > mostJsonBytes) {
    throw new JobFailure(`--ids: ${path} is too large to read as one list. Write an id a line instead.`);
  }
  const list = parse(await readFile(path, 'utf8'), path);
  for (const one of Array.isArray(list) ? list : []) yield named(one);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new JobFailure(`--ids: ${path} looks like JSON and is none. Correct it, then run this again.`);
  }
}

function named(value: unknown): unknown {
  return typeof value === 'object' && value !== null && column in value ? value[column] : value;
}
