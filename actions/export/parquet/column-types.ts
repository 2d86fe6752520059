import type { z } from 'zod';
import { type Shape, shapeOf, withoutNull } from '#domain/row-shape.ts';

const plain: Readonly<Record<string, string>> = { string: 'varchar', integer: 'bigint', boolean: 'boolean' };

/** DuckDB's types of a row's fields, in their order: nothing is left to be guessed from the rows. */
export function columnTypes(row: z.ZodObject): Record<string, string> {
  const { properties = {} } = shapeOf(row);
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, typeOf(field)]));
}

function typeOf(field: Shape): string {
  const { type = '', items, properties } = withoutNull(field).value;
  if (type === 'array' && items) return `${typeOf(items)}[]`;
  if (properties) {
    const fields = Object.entries(properties).map(([name, part]) => `${name} ${typeOf(part)}`);
    return `struct(${fields.join(', ')})`;
  }
  const known = plain[type];
  if (known === undefined) throw new Error(`No column of Parquet is known for the type ${type}.`);
  return known;
}
