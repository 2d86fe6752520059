import { z } from 'zod';
import { standinGistId } from '../ids.ts';

/** The name of the optional file that says what a gist's files cannot. */
export const settingsFile = '.gist.json';

const moment = z.iso.datetime({ offset: true });

const schema = z.object({
  public: z.boolean().default(true),
  description: z.string().nullable().default(null),
  /** The gist this one was forked from: its id, or `<login>/<gist-name>`. */
  fork_of: z.string().min(1).nullable().default(null),
  /** Another login than the folder's: the gist has changed hands. */
  owner: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,39}$/)
    .optional(),
  /** GitHub no longer names an owner. */
  owner_null: z.boolean().default(false),
  /** `tos`: GitHub answers 403. `dmca`: 451. */
  blocked: z.enum(['tos', 'dmca']).nullable().default(null),
  created_at: moment.optional(),
  /** Holds until an edit of the files is seen. */
  updated_at: moment.optional(),
});

export type GistSettings = z.infer<typeof schema>;

export const defaultSettings: GistSettings = schema.parse({});

/**
 * Reads a `.gist.json`. `complaint` is a clause for the log: a file that cannot be read as settings counts as
 * an empty one, and a key nobody knows is passed over.
 */
export function parseSettings(text: string): { settings: GistSettings; complaint: string | null } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { settings: defaultSettings, complaint: 'is not JSON, so the defaults hold' };
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.length ? `"${issue.path.join('.')}": ` : '';
    return { settings: defaultSettings, complaint: `${where}${issue?.message}, so the defaults hold` };
  }
  const unknown = Object.keys(value as object).filter((key) => !(key in schema.shape));
  const complaint = unknown.length ? `has keys the stand-in does not know: ${unknown.join(', ')}` : null;
  return { settings: parsed.data, complaint };
}

/** The id `fork_of` means: written as an id, or as `<login>/<gist-name>`. */
export function parentId(forkOf: string): string {
  const [login, name, ...rest] = forkOf.split('/');
  return login && name && rest.length === 0 ? standinGistId(login, name) : forkOf;
}
