import { readSelection, type Selection } from '../copy/selection/selection.ts';
import { JobFailure } from '../failure.ts';
import { FlagError, type FlagValues } from '../flags.ts';
import type { selectionFlags } from './selection-flags.ts';

/** Which sessions the flags mean. Throws FlagError, naming the flag. */
export async function selectionOf(flags: FlagValues<typeof selectionFlags>): Promise<Selection> {
  const { where, license, since, until, limit, ids } = flags;
  try {
    return await readSelection({
      where,
      license,
      minToolCalls: flags['min-tool-calls'],
      since,
      until,
      limit,
      ids,
    });
  } catch (error) {
    throw error instanceof JobFailure ? new FlagError(error.message) : error;
  }
}
