import { documentSamples } from './fuzz-samples-documents.ts';
import { lineSamples } from './fuzz-samples-lines.ts';
import { textSamples } from './fuzz-samples-text.ts';
import { jsonLines } from './testing.ts';

/** Files of JSON: their records, or the one document. */
export const jsonSamples: Readonly<Record<string, unknown[]>> = { ...lineSamples, ...documentSamples };

/** A small invented file of every format, as text of a file, by format id. */
export const samples: Readonly<Record<string, string>> = {
  ...textSamples,
  ...Object.fromEntries(Object.entries(jsonSamples).map(([id, records]) => [id, jsonLines(...records)])),
};
