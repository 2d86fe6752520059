import { z } from 'zod';
import { declaration } from './declaration.ts';
import { derived } from './derived.ts';
import { finding } from './finding.ts';
import { problems } from './transcript/problem.ts';

const problemCodes = Object.keys(problems) as [keyof typeof problems, ...(keyof typeof problems)[]];

/** What one file of a gist turned out to be. */
export const inspectedFile = derived.extend({
  name: z.string(),
  bytes: z.int().min(0),
  /** False when it shows a session again that another file of the gist holds as the agent wrote it. */
  counted: z.boolean(),
  problems: z.array(z.object({ code: z.enum(problemCodes), line: z.int().min(1), count: z.int().min(1) })),
});
export type InspectedFile = z.infer<typeof inspectedFile>;

/** What an inspection of a gist at one revision found out. Metadata only: stored as it is. */
export const inspection = z.object({
  /** Ruleset that looked for secrets. */
  scanner_version: z.string(),
  /** Versions of the format modules that read the files. */
  formats_version: z.string(),
  files: z.array(inspectedFile),
  /** Of the gist as a whole. */
  derived,
  findings: z.array(finding),
  /** Findings beyond the number kept. */
  findings_omitted: z.int().min(0),
  /** What the owner declares in openagentsessions.json; null without that file. */
  declared: declaration.nullable(),
  /** What is wrong with that file, as a sentence. */
  declaration_problem: z.string().nullable(),
});
export type Inspection = z.infer<typeof inspection>;
