import type { z } from 'zod';
import { type Column, columnsOf } from './columns.ts';
import { backslash, lineEnd, tab } from './copier.ts';
import { append, makeRoom, newSink, type Sink } from './sink.ts';
import { readFields } from './values.ts';

/** Lines and addresses, as bytes. They are overwritten while the next but one is made. */
export interface Encoded {
  lines: Uint8Array;
  /** Of each row the text of the column that was asked for, a line each. */
  links: Uint8Array;
  /** Of each row the text of the key's column, where its line begins, counted from the first, and its bytes. */
  places: Uint8Array;
  rows: number;
}

export interface EncodeOptions {
  /** Name of a column of addresses that are wanted on lines of their own, too. */
  link?: string;
  /** Name of a column of plain words by which a row's place is told. */
  key?: string;
  /** A whole line for a row, keys in the schema's order; throws where the schema refuses it. */
  line(row: Record<string, unknown>): string;
}

const enough = 512 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const [n, brace] = [...'N}'].map((letter) => letter.charCodeAt(0)) as [number, number];
const nothing = encoder.encode('null');

/**
 * Makes lines of JSON from what COPY writes of rows with a schema's columns in its order. A row whose every value is
 * plainly good by the schema is copied; any other is read as an object and given to `line`, which asks the schema
 * itself. The bytes are the same either way.
 */
export async function* encodeRows(
  schema: z.ZodObject,
  pieces: AsyncIterable<Buffer>,
  options: EncodeOptions,
): AsyncGenerator<Encoded> {
  const encodeRow = rowEncoder(columnsOf(schema), options);
  const buffers = [0, 1].map(() => ({ lines: newSink(2 * enough), links: newSink(0), places: newSink(0) }));
  let turn = 0;
  let rows = 0;
  let written = 0;
  let rest = Buffer.alloc(0);
  const take = (): Encoded => {
    const { lines, links, places } = buffers[turn] as Sinks;
    const taken = { lines: bytesOf(lines), links: bytesOf(links), places: bytesOf(places), rows };
    turn = 1 - turn;
    rows = 0;
    written += lines.length;
    for (const sink of Object.values(buffers[turn] as Sinks)) sink.length = 0;
    return taken;
  };
  for await (const piece of pieces) {
    const block = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let at = 0;
    for (let end = block.indexOf(lineEnd); end !== -1; end = block.indexOf(lineEnd, at)) {
      const sinks = buffers[turn] as Sinks;
      encodeRow(block, at, end + 1, sinks, written);
      rows += 1;
      at = end + 1;
      if (sinks.lines.length >= enough) yield take();
    }
    rest = Buffer.from(block.subarray(at));
  }
  if (rest.length > 0) throw new Error('COPY ended in the middle of a row.');
  if (rows > 0) yield take();
}

interface Sinks {
  lines: Sink;
  links: Sink;
  places: Sink;
}

type Row = [block: Buffer, begin: number, end: number, sinks: Sinks, written: number];

function rowEncoder(columns: readonly Column[], { link, key, line }: EncodeOptions): (...row: Row) => void {
  const parts = columns.map(({ name, copy, nullable }, i) => ({
    name: encoder.encode(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`),
    copy: copy ?? (() => -1),
    nullable,
    told: name === link ? ('links' as const) : name === key ? ('places' as const) : null,
  }));
  // A byte becomes two at most, and no value grows by more than a few.
  const frame = parts.reduce((sum, part) => sum + part.name.length + 16, 2);

  const copyRow = (...[block, begin, end, sinks]: Row): boolean => {
    const { lines } = sinks;
    let at = begin;
    for (let i = 0; i < parts.length; i++) {
      const { name, copy, nullable, told } = parts[i] as (typeof parts)[number];
      append(lines, name);
      const from = at;
      if (block[at] === backslash && block[at + 1] === n) {
        if (!nullable) return false;
        append(lines, nothing);
        at += 2;
      } else {
        at = copy(block, at, lines);
      }
      // Also where a copier gave up: no byte stands before the first.
      if (block[at] !== (i === parts.length - 1 ? lineEnd : tab)) return false;
      if (told !== null) appendLine(sinks[told], block.subarray(from, at));
      at += 1;
    }
    lines.bytes[lines.length++] = brace;
    lines.bytes[lines.length++] = lineEnd;
    return at === end;
  };

  const readRow = (...[block, begin, end, { lines, links, places }]: Row): void => {
    const fields = readFields(decoder.decode(block.subarray(begin, end - 1)));
    const read = columns.map(({ name, read }, i): [string, unknown] => {
      const field = fields[i];
      return [name, typeof field === 'string' ? read(field) : field];
    });
    const values: Record<string, unknown> = Object.fromEntries(read);
    const bytes = encoder.encode(line(values));
    makeRoom(lines, bytes.length);
    append(lines, bytes);
    if (link !== undefined) appendLine(links, encoder.encode(String(values[link])));
    if (key !== undefined) appendLine(places, encoder.encode(String(values[key])));
  };

  return (...row) => {
    const [, begin, end, sinks, written] = row;
    const { lines, links, places } = sinks;
    makeRoom(lines, 2 * (end - begin) + frame);
    const starts = [lines.length, links.length, places.length] as const;
    if (!copyRow(...row)) {
      [lines.length, links.length, places.length] = starts;
      readRow(...row);
    }
    if (key === undefined) return;
    const [start] = starts;
    places.bytes[places.length - 1] = tab;
    appendLine(places, encoder.encode(`${written + start}\t${lines.length - start}`));
  };
}

const bytesOf = ({ bytes, length }: Sink): Uint8Array => bytes.subarray(0, length);

function appendLine(to: Sink, bytes: Uint8Array): void {
  makeRoom(to, bytes.length + 1);
  append(to, bytes);
  to.bytes[to.length++] = lineEnd;
}
