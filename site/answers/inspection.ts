import { z } from 'zod';
import { contradictable } from '#domain/contradictions.ts';
import { declaration } from '#domain/declaration.ts';
import { derived } from '#domain/derived.ts';
import { finding } from '#domain/finding.ts';
import { inspectedFile } from '#domain/inspection.ts';

/** One file of a gist, as an inspection found it; its problems come as sentences. */
const answeredInspectedFile = inspectedFile.extend({
  problems: z.array(
    z.object({ code: z.string(), line: z.number(), count: z.number(), sentence: z.string() }),
  ),
});
export type AnsweredInspectedFile = z.infer<typeof answeredInspectedFile>;

/** What of an inspection its owner and the moderators see. */
export const answeredInspection = z.object({
  files: z.array(answeredInspectedFile),
  findings: z.array(finding),
  findings_omitted: z.number(),
  declared: declaration.nullable(),
  declaration_problem: z.string().nullable(),
});

/** The inspection of a submission's present revision, for moderators. */
export const storedInspection = answeredInspection.extend({
  revision: z.string(),
  inspected_at: z.string(),
  scanner_version: z.string(),
  derived,
});

/** A field on which the declaration and the facts differ. */
export const answeredContradiction = z.object({
  field: z.enum(contradictable),
  declared: z.string(),
  found: z.string(),
});
