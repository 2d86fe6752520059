import type { z } from 'zod';
import { type Shape, shapeOf, withoutNull } from './row-shape.ts';

/** One line of the dataset's field table. */
export interface Field {
  /** Its name, with `files[].` before the fields of a nested object. */
  name: string;
  type: string;
  nullable: boolean;
  description: string;
}

/** The fields of a row in their order, read from its schema, so that the page can never tell another story. */
export function fieldTable(row: z.ZodObject): Field[] {
  return fieldsOf(shapeOf(row), '');
}

function fieldsOf(object: Shape, prefix: string): Field[] {
  return Object.entries(object.properties ?? {}).flatMap(([key, field]) => {
    const { value, nullable } = withoutNull(field);
    const line: Field = {
      name: prefix + key,
      type: typeName(value),
      nullable,
      description: value.description ?? '',
    };
    return value.items?.properties ? [line, ...fieldsOf(value.items, `${prefix}${key}[].`)] : [line];
  });
}

function typeName(field: Shape): string {
  const { value } = withoutNull(field);
  if (value.enum) return value.enum.filter((choice) => choice !== null).join(' | ');
  if (value.const !== undefined) return String(value.const);
  if (value.items) return `list of ${typeName(value.items)}s`;
  if (value.format === 'date-time') return 'time';
  if (value.format === 'uri') return 'URL';
  return value.type ?? 'any';
}
