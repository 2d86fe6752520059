import { z } from 'zod';
import { sessionTimePattern } from '#domain/derived.ts';
import { type Shape, shapeOf, withoutNull } from '#domain/row-shape.ts';
import { textArray } from './array.ts';
import type { Copier } from './copier.ts';
import { jsonList, jsonObject, jsonText, quoted } from './json.ts';
import { address, sessionTime, timestamp, truth, wholeNumber } from './plain.ts';
import { hex, oneOf, text } from './text.ts';
import { isoTime, readArray } from './values.ts';

/** A column of a row that COPY writes. */
export interface Column {
  name: string;
  nullable: boolean;
  /** Null where no value of this kind can be told to be good without asking the schema. */
  copy: Copier | null;
  /** What the schema is to be asked about, of what COPY writes; null is no text. */
  read(text: string): unknown;
}

/** What a schema may say of a value besides its parts, and the copiers below heed or need not. */
const heeded = new Set([
  ...['type', 'format', 'pattern', 'const', 'enum', 'minimum', 'maximum', 'maxLength'],
  ...['required', 'additionalProperties', 'description', '$schema'],
]);

/** The columns of a row's schema, in its order. One that says something unheeded has no copier, not even for null. */
export function columnsOf(row: z.ZodObject): Column[] {
  const { properties = {}, ...whole } = shapeOf(row);
  return Object.entries(properties).map(([name, field]) => {
    const { value, nullable } = withoutNull(field);
    const plain = isHeeded(whole) && isHeeded(field);
    return { name, nullable: plain && nullable, copy: plain ? copierOf(value) : null, read: readerOf(value) };
  });
}

function isHeeded({ anyOf = [], items, properties = {}, ...said }: Shape): boolean {
  const parts = [...anyOf, ...Object.values(properties), ...(items ? [items] : [])];
  return Object.keys(said).every((key) => heeded.has(key)) && parts.every(isHeeded);
}

function copierOf(value: Shape): Copier | null {
  const { type, items } = value;
  if (type === 'integer') return numberOf(value);
  if (type === 'boolean') return truth;
  if (type === 'string') return textOf(value);
  if (type !== 'array' || items === undefined) return null;
  if (items.properties) return listOf(items.properties);
  return items.type === 'string' && Object.keys(items).length === 1 ? textArray : null;
}

function numberOf({ minimum, maximum }: Shape): Copier | null {
  return (minimum === 0 || minimum === 1) && maximum === Number.MAX_SAFE_INTEGER
    ? wholeNumber(minimum)
    : null;
}

function textOf({ enum: words, const: word, format, pattern, maxLength }: Shape): Copier | null {
  if (words) return oneOf(words.map(String));
  if (word !== undefined) return oneOf([String(word)]);
  if (format === undefined && pattern === undefined) return text(maxLength ?? Number.POSITIVE_INFINITY);
  if (maxLength !== undefined) return null;
  if (format === 'date-time') return pattern === timePattern ? timestamp : null;
  if (format === 'uri') return pattern === undefined ? address : null;
  if (format !== undefined) return null;
  if (pattern === hexPattern) return hex(40);
  return pattern === sessionTimePattern.source ? sessionTime : null;
}

const hexPattern = '^[0-9a-f]{40}$';
const timePattern = z.toJSONSchema(z.iso.datetime({ precision: 3 })).pattern;

function listOf(properties: Record<string, Shape>): Copier | null {
  const fields = Object.entries(properties).map(([key, value]) => ({ key, value: partOf(value) }));
  const known = fields.flatMap(({ key, value }) => (value ? [{ key, value }] : []));
  return known.length === fields.length ? jsonList(jsonObject(known)) : null;
}

function partOf(value: Shape): Copier | null {
  const { type, format, pattern, maxLength } = value;
  if (type === 'integer') return numberOf(value);
  if (type !== 'string' || maxLength !== undefined || value.enum || value.const !== undefined) return null;
  if (pattern === undefined && format === 'uri') return quoted(address);
  if (format !== undefined) return null;
  if (pattern === hexPattern) return quoted(hex(40));
  return pattern === undefined ? jsonText : null;
}

function readerOf(value: Shape): Column['read'] {
  if (value.type === 'integer') return Number;
  if (value.type === 'boolean') return (text) => (text === 't' ? true : text === 'f' ? false : text);
  if (value.format === 'date-time') return isoTime;
  if (value.type !== 'array') return (text) => text;
  return value.items?.properties ? JSON.parse : readArray;
}
