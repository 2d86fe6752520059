import { z } from 'zod';

/** One line of the dataset's field table. */
export interface Field {
  /** Its name, with `files[].` before the fields of a nested object. */
  name: string;
  type: string;
  nullable: boolean;
  description: string;
}

/** The parts of JSON Schema that zod writes for our rows. A value that may be null is a list of types, or a choice. */
const shape = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
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

/** The fields of a row in their order, read from its schema, so that the page can never tell another story. */
export function fieldTable(row: z.ZodObject): Field[] {
  return fieldsOf(shape.parse(z.toJSONSchema(row)), '');
}

function fieldsOf(object: Shape, prefix: string): Field[] {
  return Object.entries(object.properties ?? {}).flatMap(([key, field]) => {
    const choices = field.anyOf ?? [field];
    const value = choices.find((choice) => choice.type !== 'null') ?? field;
    const line: Field = {
      name: prefix + key,
      type: typeName(value),
      nullable: choices.some((choice) => [choice.type].flat().includes('null')),
      description: field.description ?? value.description ?? '',
    };
    return value.items?.properties ? [line, ...fieldsOf(value.items, `${prefix}${key}[].`)] : [line];
  });
}

function typeName(value: Shape): string {
  const type = [value.type].flat().find((name) => name !== 'null') ?? 'any';
  if (value.enum) return value.enum.filter((choice) => choice !== null).join(' | ');
  if (value.const !== undefined) return String(value.const);
  if (value.items) return `list of ${typeName(value.items)}s`;
  if (value.format === 'date-time') return 'time';
  if (value.format === 'uri') return 'URL';
  return type;
}
