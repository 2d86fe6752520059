import { z } from 'zod';
import { sessionTimePattern } from '#domain/derived.ts';
import { textArray } from './array.ts';
import type { Copier } from './copier.ts';
import { jsonList, jsonObject, jsonText, quoted } from './json.ts';
import { address, sessionTime, timestamp, truth, wholeNumber } from './plain.ts';
import { hex, text, word } from './text.ts';
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

/** The parts of JSON Schema that our rows' schemas have; a part that is not among them has no copier. */
const shape = z.strictObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  const: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  description: z.string().optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.boolean().optional(),
  get anyOf() {
    return z.array(shape).optional();
  },
  get items() {
    return shape.optional();
  },
  get properties() {
    return z.record(z.string(), shape).optional();
  },
});
type Shape = z.infer<typeof shape>;

/** The columns of a row's schema, in its order. */
export function columnsOf(row: z.ZodObject): Column[] {
  const { properties } = z.toJSONSchema(row);
  return Object.entries(properties ?? {}).map(([name, property]) => {
    const known = shape.safeParse(property);
    const { value, nullable } = known.success ? withoutNull(known.data) : { value: null, nullable: true };
    return { name, nullable, copy: value && copierOf(value), read: readerOf(value) };
  });
}

function withoutNull(field: Shape): { value: Shape; nullable: boolean } {
  const choices = field.anyOf ?? [field];
  const types = choices.flatMap(({ type }) => type ?? []);
  const value = choices.find(({ type }) => type !== 'null') ?? field;
  const [type] = [value.type].flat().filter((name) => name !== 'null');
  return { value: { ...value, type }, nullable: types.includes('null') };
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

function textOf(value: Shape): Copier | null {
  if (value.enum) return word(value.enum);
  if (value.const !== undefined) return word([value.const]);
  if (value.format === 'date-time') return value.pattern === timePattern ? timestamp : null;
  if (value.format === 'uri') return address;
  if (value.format !== undefined) return null;
  if (value.pattern === undefined) return text(value.maxLength ?? Number.POSITIVE_INFINITY);
  if (value.maxLength !== undefined) return null;
  if (value.pattern === hexPattern) return hex(40);
  return value.pattern === sessionTimePattern.source ? sessionTime : null;
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
  if (type !== 'string' || maxLength !== undefined || value.enum || value.const) return null;
  if (format === 'uri') return quoted(address);
  if (pattern === hexPattern) return quoted(hex(40));
  return format === undefined && pattern === undefined ? jsonText : null;
}

function readerOf(value: Shape | null): Column['read'] {
  if (value?.type === 'integer') return Number;
  if (value?.type === 'boolean') return (text) => (text === 't' ? true : text === 'f' ? false : text);
  if (value?.format === 'date-time') return isoTime;
  if (value?.type !== 'array') return (text) => text;
  return value.items?.properties ? JSON.parse : readArray;
}
