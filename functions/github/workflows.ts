import { z } from 'zod';
import { type Found, findWith, partsOf, type RepositoryAccess, requestWith } from './repository-request.ts';

const workflow = z.object({ state: z.string().max(100) });

/**
 * How a workflow of the repository is, in GitHub's word: `active`, `disabled_manually`, `disabled_inactivity` and others.
 * `file` is its name in .github/workflows.
 */
export function readWorkflow(access: RepositoryAccess, file: string): Promise<Found<string>> {
  return findWith(
    workflow,
    ({ state }) => state,
    () =>
      requestWith(access)('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', {
        ...partsOf(access),
        workflow_id: file,
      }),
  );
}

/** Enables a workflow, or an enabled one again. */
export function enableWorkflow(access: RepositoryAccess, file: string): Promise<Found<null>> {
  return findWith(
    z.unknown(),
    () => null,
    () =>
      requestWith(access)('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', {
        ...partsOf(access),
        workflow_id: file,
      }),
  );
}

const runs = z.object({
  workflow_runs: z
    .array(z.object({ conclusion: z.string().max(100).nullable(), html_url: z.url().max(500) }))
    .max(100),
});

/** How a run of a workflow ended, in GitHub's word, and its page. */
interface Run {
  conclusion: string;
  page: string;
}

/** How the last run on main of a workflow of the repository ended; null where there was none yet. */
export function readLastRun(access: RepositoryAccess, file: string): Promise<Found<Run | null>> {
  return findWith(
    runs,
    ({ workflow_runs: [last] }) =>
      last ? { conclusion: last.conclusion ?? 'none', page: last.html_url } : null,
    () =>
      requestWith(access)('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
        ...partsOf(access),
        workflow_id: file,
        branch: 'main',
        status: 'completed',
        exclude_pull_requests: true,
        per_page: 1,
      }),
  );
}
