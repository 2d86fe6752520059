import { z } from 'zod';

/** The parts of JSON Schema that zod writes for our rows. What else there is stays in it: some readers must know of it. */
const shape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
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
export type Shape = z.infer<typeof shape>;

/** Checks that JSON Schema has words for. */
const told = new Set(['string_format', 'number_format', 'greater_than', 'less_than', 'max_length']);

/** The schema of a row as JSON Schema; `untold` stands where zod checks what JSON Schema has no words for. */
export function shapeOf(row: z.ZodObject): Shape {
  const json = z.toJSONSchema(row, {
    override({ zodSchema: { _zod }, jsonSchema }) {
      const checks = _zod.def.checks ?? [];
      const someHosts = 'hostname' in _zod.def || 'protocol' in _zod.def;
      if (someHosts || !checks.every((check) => told.has(check._zod.def.check))) jsonSchema.untold = true;
    },
  });
  return shape.parse(json);
}

/** A field's schema without the null that it may be: that is one of a list of types, or of a choice. */
export function withoutNull(field: Shape): {
  value: Shape & { type?: string | undefined };
  nullable: boolean;
} {
  const choices = field.anyOf ?? [field];
  const value = choices.find((choice) => choice.type !== 'null') ?? field;
  const type = [value.type].flat().find((name) => name !== 'null');
  const nullable = choices.some((choice) => [choice.type].flat().includes('null'));
  return { value: { ...value, type, description: field.description ?? value.description }, nullable };
}
