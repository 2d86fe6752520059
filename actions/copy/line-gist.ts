import { z } from 'zod';

/** Whom a line tells of. Revision and files are what the line says, where it says it. */
const told = z.object({
  gist_id: z.string(),
  gist_version: z.string().nullish(),
  status: z.string().optional(),
  files: z.array(z.unknown()).optional(),
});
export type LineGist = z.infer<typeof told>;

/** Longer lines hold whole conversations: what is wanted of them is found without making objects of all that was said. */
const mostParsed = 64 * 1024;

/** Whom a line of JSON tells of; null where it names no gist. */
export function gistOfLine(line: Buffer): LineGist | null {
  if (line.length > mostParsed) {
    const gist_id = lastText(line, 'gist_id');
    if (gist_id !== null) return { gist_id, gist_version: lastText(line, 'gist_version') ?? undefined };
    // Within a text its quotes have backslashes: somebody else's program wrote the field, with spaces.
    if (!line.includes('"gist_id"')) return null;
  }
  try {
    return told.safeParse(JSON.parse(line.toString())).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The plain text that the last field of this name has. Within a text of JSON a quote has a backslash before it, so that a
 * comma or brace, a quote and the name are a field, whatever was said.
 */
function lastText(line: Buffer, field: string): string | null {
  const name = `"${field}":"`;
  const at = Math.max(line.lastIndexOf(`,${name}`), line.lastIndexOf(`{${name}`));
  if (at === -1) return null;
  const from = at + 1 + name.length;
  const end = line.indexOf('"', from);
  return end === -1 || end - from > 64 ? null : line.toString('latin1', from, end);
}
