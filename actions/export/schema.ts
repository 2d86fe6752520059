import { z } from 'zod';
import { datasetRow } from '#domain/dataset-row.ts';
import { datasetChange, datasetRemoval, manifest, schemaVersion } from '#domain/snapshot.ts';
import { standing } from '#domain/standing.ts';

const definitions = {
  row: [datasetRow, 'A line of submissions.ndjson'],
  change: [datasetChange, 'A line of changes.ndjson'],
  removal: [datasetRemoval, 'A line of removed.ndjson'],
  standing: [standing, 'standing.json'],
  manifest: [manifest, 'manifest.json'],
} as const;

/**
 * The text of `schema.json`: one JSON Schema with a definition for each kind of file, so that `schema.json#/$defs/row`
 * is the schema of a row. https://json-schema.org/draft/2020-12
 */
export function schemaText(): string {
  const $defs = Object.fromEntries(
    Object.entries(definitions).map(([name, [schema, title]]) => {
      const { $schema: _, ...definition } = z.toJSONSchema(schema);
      return [name, { title, ...definition }];
    }),
  );
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: `openagentsessions dataset, schema version ${schemaVersion}`,
    $ref: '#/$defs/row',
    $defs,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
