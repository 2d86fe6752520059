import { z } from 'zod';

/** Whom a line of an output tells of. Revision and files are what the line says, where it says it. */
const told = z.object({
  gist_id: z.string(),
  gist_version: z.string().optional(),
  status: z.string().optional(),
  files: z.array(z.unknown()).optional(),
});
export type LineGist = z.infer<typeof told>;

/** Null where a line names no gist. */
export function gistOfLine(line: Buffer): LineGist | null {
  try {
    return told.safeParse(JSON.parse(line.toString())).data ?? null;
  } catch {
    return null;
  }
}
