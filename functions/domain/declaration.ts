import { z } from 'zod';
import { declarationProblem } from './declaration-problem.ts';
import { licenseIds } from './license.ts';
import { oneLine } from './one-line.ts';

/** The file in a gist by which its owner tells about the session. Optional. */
export const declarationFile = 'openagentsessions.json';

const name = z.string().trim().min(1).max(100);
const maxTopic = 200;
const maxTag = 40;

/** What the owner declares. Kept apart from what the files show; a contradiction is shown, not resolved. */
export const declaration = z.object({
  schema_version: z.literal('1.0.0').describe('Version of this file’s schema'),
  license: z.enum(licenseIds).optional().describe('SPDX id of the licence the session is shared under'),
  consent_confirmed: z
    .boolean()
    .optional()
    .describe('Everybody whose words are in the session agrees to its being public'),
  redaction_done: z.boolean().optional().describe('Secrets and personal data were looked for and taken out'),
  created_at: z.iso.datetime({ offset: true }).optional().describe('When this file was written'),
  session: z
    .object({
      agent: name.optional().describe('Which coding agent wrote the session'),
      model: name.optional().describe('Which model answered'),
      language: name.optional().describe('The main programming language'),
      topic: z
        .string()
        .trim()
        .min(1)
        .max(maxTopic)
        .optional()
        .describe('What the session is about, in a sentence'),
    })
    .optional(),
  tags: z.array(z.string().trim().min(1).max(maxTag)).max(10).optional().describe('At most ten short words'),
  // Fewer than the findings kept of a file, so that of more than those some still block.
  false_positives: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(500)
    .optional()
    .describe('Fingerprints of findings that are not secrets; a moderator looks at each'),
});
export type Declaration = z.infer<typeof declaration>;

/** A declaration, or what is wrong with the file in a sentence. */
export type DeclarationReading = { declaration: Declaration } | { problem: string };

/** Largest declaration read, in characters. */
export const maxDeclaration = 100_000;

/** Reads the text of an openagentsessions.json. Never throws; never repeats what the file says. */
export function readDeclaration(text: string): DeclarationReading {
  if (text.length > maxDeclaration) return { problem: 'It is longer than 100,000 characters.' };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { problem: 'It is not valid JSON.' };
  }
  const parsed = declaration.safeParse(value);
  if (parsed.success) return { declaration: shown(parsed.data) };
  return { problem: declarationProblem(parsed.error.issues[0]) };
}

/** A declaration whose words are what they look like; of those that are nothing then, nothing is declared. */
function shown({ session, tags, ...declared }: Declaration): Declaration {
  const words = { ...session };
  for (const field of ['agent', 'model', 'language', 'topic'] as const) {
    const text = words[field] === undefined ? '' : oneLine(words[field], maxTopic);
    if (text === '') delete words[field];
    else words[field] = text;
  }
  const clean = tags?.map((tag) => oneLine(tag, maxTag)).filter((tag) => tag !== '');
  return { ...declared, ...(session && { session: words }), ...(clean && { tags: clean }) };
}
