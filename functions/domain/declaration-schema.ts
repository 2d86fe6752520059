import { z } from 'zod';
import { declaration } from './declaration.ts';

/** Where the site publishes it. */
export const declarationSchemaPath = '/schema/openagentsessions.json';

/**
 * The JSON Schema of openagentsessions.json, by which other programs can check theirs. It accepts what we accept; fields
 * it does not name are ignored. `address` is where it is published. https://json-schema.org/draft/2020-12
 */
export function declarationSchema(address: string): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(declaration, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // Its pattern says all; what `format` means differs from validator to validator.
      if (jsonSchema.pattern !== undefined) delete jsonSchema.format;
      const { minLength, maxLength } = jsonSchema;
      if (minLength === undefined || maxLength === undefined) return;
      delete jsonSchema.minLength;
      delete jsonSchema.maxLength;
      jsonSchema.pattern = trimmedPattern(maxLength);
    },
  });
  return {
    $schema,
    $id: address,
    title: 'openagentsessions.json',
    description: 'What the owner of a gist declares about the coding-agent session in it.',
    ...schema,
  };
}

/** Text of 1 to `most` characters, spaces around it aside: JSON Schema's lengths would count those. */
function trimmedPattern(most: number): string {
  return `^\\s*\\S(?:[\\s\\S]{0,${most - 2}}\\S)?\\s*$`;
}
