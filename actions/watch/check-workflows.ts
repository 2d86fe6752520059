import type { RepositoryAccess } from '#github/repository-request.ts';
import { readLastRun } from '#github/workflows.ts';
import { JobFailure } from '../failure.ts';
import { scheduled } from '../keep-alive/run.ts';
import type { Alert } from './alert.ts';
import { refusedSentence } from './refused-sentence.ts';

const bad = ['failure', 'timed_out', 'startup_failure', 'action_required'];

/**
 * The scheduled workflows whose last run on main failed; this job's own is left out, because it fails while anything is
 * wrong. Throws JobFailure where GitHub does not tell.
 */
export async function checkWorkflows(access: RepositoryAccess): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (const file of scheduled.filter((name) => name !== 'watch.yml')) {
    const last = await readLastRun(access, file);
    if (last.kind !== 'found') throw new JobFailure(refusedSentence(last, access, 'actions: read'));
    if (last.value === null || !bad.includes(last.value.conclusion)) continue;
    alerts.push({ key: 'workflow', sentence: `${file} failed: ${last.value.page}` });
  }
  return alerts;
}
