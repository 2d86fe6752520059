import { z } from 'zod';
import { type Failure, readFailure } from './failure.ts';
import { partsOf, type RepositoryAccess, requestWith } from './repository-request.ts';

/** GitHub's word for how a workflow is: `active`, `disabled_manually`, `disabled_inactivity` and others. */
export type WorkflowState = { kind: 'found'; state: string } | Failure;

const workflow = z.object({ state: z.string().max(100) });

/** Reads how a workflow of the repository is; `file` is its name in .github/workflows. */
export async function readWorkflow(access: RepositoryAccess, file: string): Promise<WorkflowState> {
  try {
    const { data } = await requestWith(access)('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', {
      ...partsOf(access),
      workflow_id: file,
    });
    const parsed = workflow.safeParse(data);
    if (!parsed.success)
      return { kind: 'unavailable', retryAfter: 60, why: 'another answer than it documents' };
    return { kind: 'found', state: parsed.data.state };
  } catch (error) {
    return readFailure(error);
  }
}

/** Enables a workflow, or an enabled one again. Resolves to null, or to why it could not. */
export async function enableWorkflow(access: RepositoryAccess, file: string): Promise<Failure | null> {
  try {
    await requestWith(access)('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', {
      ...partsOf(access),
      workflow_id: file,
    });
    return null;
  } catch (error) {
    return readFailure(error);
  }
}

const runs = z.object({
  workflow_runs: z
    .array(z.object({ conclusion: z.string().max(100).nullable(), html_url: z.url().max(500) }))
    .max(100),
});

/** How the last run of a workflow on main ended, in GitHub's word, and its page; null where there was none yet. */
export type LastRun = { kind: 'found'; run: { conclusion: string; page: string } | null } | Failure;

/** Reads how the last run on main ended of a workflow of the repository. */
export async function readLastRun(access: RepositoryAccess, file: string): Promise<LastRun> {
  try {
    const { data } = await requestWith(access)(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
      {
        ...partsOf(access),
        workflow_id: file,
        branch: 'main',
        status: 'completed',
        exclude_pull_requests: true,
        per_page: 1,
      },
    );
    const parsed = runs.safeParse(data);
    if (!parsed.success)
      return { kind: 'unavailable', retryAfter: 60, why: 'another answer than it documents' };
    const [last] = parsed.data.workflow_runs;
    return {
      kind: 'found',
      run: last ? { conclusion: last.conclusion ?? 'none', page: last.html_url } : null,
    };
  } catch (error) {
    return readFailure(error);
  }
}
