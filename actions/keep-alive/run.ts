import type { RepositoryAccess } from '#github/repository-request.ts';
import { enableWorkflow, readWorkflow } from '#github/workflows.ts';
import { JobFailure } from '../failure.ts';

/** Those that begin by a schedule; a test holds them against .github/workflows. */
export const scheduled = [
  'packages.yml',
  'recheck.yml',
  'removals.yml',
  'snapshot.yml',
  'watch.yml',
] as const;

/** What became of a workflow: it was running, GitHub had ended it, or somebody switched it off and it stays so. */
export type Kept = 'running' | 'woken' | 'off';

/**
 * Enables every scheduled workflow again, running or not, so that GitHub counts its 60 days from now; one that a person
 * switched off stays off. Throws JobFailure when GitHub does not let it.
 */
export async function run(access: RepositoryAccess): Promise<Record<string, Kept>> {
  const kept: Record<string, Kept> = {};
  for (const file of scheduled) {
    const read = await readWorkflow(access, file);
    if (read.kind !== 'found') throw new JobFailure(sentence(file, read, access));
    if (read.value === 'disabled_manually') {
      kept[file] = 'off';
      continue;
    }
    const enabled = await enableWorkflow(access, file);
    if (enabled.kind !== 'found') throw new JobFailure(sentence(file, enabled, access));
    kept[file] = read.value === 'active' ? 'running' : 'woken';
  }
  return kept;
}

function sentence(
  file: string,
  failure: { kind: string; retryAfter?: number; why?: string },
  { repository }: RepositoryAccess,
): string {
  if (failure.kind === 'missing')
    return `${repository} has no workflow ${file}, or GITHUB_TOKEN may not see it.`;
  if (/^status 40[13]$/.test(failure.why ?? '')) {
    return `GITHUB_TOKEN may not enable ${file} in ${repository}: the job needs the permission actions: write.`;
  }
  const why = failure.kind === 'rate_limited' ? 'limiting our requests' : 'not answering properly';
  return `GitHub is ${why}. Run this again in ${failure.retryAfter} s.`;
}
