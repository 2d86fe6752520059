import { z } from 'zod';

/** The parts of JSON Schema that decide what a column of Parquet holds. */
const shape = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
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

const plain: Readonly<Record<string, string>> = { string: 'varchar', integer: 'bigint', boolean: 'boolean' };

/** DuckDB's types of a row's fields, in their order: nothing is left to be guessed from the rows. */
export function columnTypes(row: z.ZodObject): Record<string, string> {
  const { properties = {} } = shape.parse(z.toJSONSchema(row));
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, typeOf(field)]));
}

function typeOf(field: Shape): string {
  const value = field.anyOf?.find(({ type }) => type !== 'null') ?? field;
  const type = [value.type].flat().find((name) => name !== 'null') ?? '';
  if (type === 'array' && value.items) return `${typeOf(value.items)}[]`;
  if (value.properties) {
    const fields = Object.entries(value.properties).map(([name, part]) => `${name} ${typeOf(part)}`);
    return `struct(${fields.join(', ')})`;
  }
  const known = plain[type];
  if (known === undefined) throw new Error(`No column of Parquet is known for the type ${type}.`);
  return known;
}
