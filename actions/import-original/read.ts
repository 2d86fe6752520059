import type { Database, Db } from '#sql/db.ts';
import {
  countOriginalSubmissions,
  listMissingTables,
  listOriginalModerators,
  listOriginalSubmissions,
} from '#sql/queries/original.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { JobFailure } from '../failure.ts';
import type { Tally } from '../tally.ts';
import { type Fault, githubId, idOf, type Original, readOriginal } from './original.ts';

/** The original, as it was at one moment. */
export interface Found {
  submissions: (Original | Fault)[];
  /** GitHub ids of who moderated there. */
  moderators: string[];
}

interface Tools {
  tally(tally: Tally): void;
  signal: AbortSignal;
}

/** Rows read at once. */
const pageSize = 500;

/** Reads the whole original in one transaction that writes nothing. Throws JobFailure where it cannot be read. */
export async function readOriginals(original: Database, schema: string, tools: Tools): Promise<Found> {
  try {
    return await original.transaction(async (tx) => {
      const missing = await listMissingTables(tx, schema);
      if (missing.length > 0) {
        throw new JobFailure(
          `The schema ${schema} of the original database has no table ${missing.join(', ')}. Give --from the address of the original site's database, with ?schema=NAME at its end where its tables are in another schema.`,
        );
      }
      const ids = await listOriginalModerators(tx, schema);
      const moderators = ids.flatMap((id) => githubId.safeParse(id).data ?? []);
      return { submissions: await readSubmissions(tx, schema, tools), moderators };
    }, 'repeatable read read only');
  } catch (error) {
    throw sentenced(error);
  }
}

async function readSubmissions(
  tx: Db,
  schema: string,
  { tally, signal }: Tools,
): Promise<Found['submissions']> {
  const total = await countOriginalSubmissions(tx, schema);
  const found: Found['submissions'] = [];
  let after = '';
  for (;;) {
    signal.throwIfAborted();
    const page = await listOriginalSubmissions(tx, schema, { after, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return found;
    found.push(...page.map(readOriginal));
    after = idOf(last);
    tally({ done: found.length, total, unit: 'submissions read' });
  }
}

/** A connection refused, a wrong password or database, a right that is missing, a table of another shape. */
const refusals = ['28000', '28P01', '3D000', '42501', '42703', '42883'];

/** Every job's sentences about a database mean DATABASE_URL; this one is another. */
function sentenced(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const refused = 'code' in error && typeof error.code === 'string' && refusals.includes(error.code);
  if (!refused && !isDatabaseUnavailable(error)) return error;
  const why = error instanceof AggregateError ? error.errors.map(String).join(', ') : error.message;
  return new JobFailure(
    `The original database cannot be read (${why}). Check that it runs, and the address in --from or ORIGINAL_DATABASE_URL, then run this again.`,
  );
}
