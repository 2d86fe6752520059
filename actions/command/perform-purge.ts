import { readIds } from '../copy/selection/id-file.ts';
import { JobFailure } from '../failure.ts';
import { FlagError } from '../flags.ts';
import type { JobCall, JobResult } from '../job.ts';
import { report } from '../purge/report.ts';
import { run } from '../purge/run.ts';
import type { purgeFlags } from './purge.ts';

/** Finds, and with --apply deletes, what left the index; `most` things of each kind are told by name. Throws FlagError. */
export async function performPurge(
  { flags, progress, log, signal }: JobCall<typeof purgeFlags>,
  copy: string,
  most: number,
): Promise<JobResult> {
  const { apply, removed = null, ids } = flags;
  if (apply && ids !== undefined) {
    throw new FlagError(
      '--ids says which ids have left, and --apply deletes from the copy: give one of them.',
    );
  }
  const input = {
    copy,
    apply,
    removed,
    ids: ids === undefined ? null : await readIds(ids).catch(wrongFile),
    most,
  };
  return report(await run(input, { progress, log, signal }));
}

function wrongFile(error: unknown): never {
  throw error instanceof JobFailure ? new FlagError(error.message) : error;
}
