import { request } from '@octokit/request';
import { z } from 'zod';
import { type Failure, readFailure } from './failure.ts';

export interface WorkflowAccess {
  apiUrl: string;
  /** `owner/name` */
  repository: string;
  /** May enable workflows of the repository. */
  token: string;
}

/** GitHub's word for how a workflow is: `active`, `disabled_manually`, `disabled_inactivity` and others. */
export type WorkflowState = { kind: 'found'; state: string } | Failure;

const timeoutMs = 30_000;
const workflow = z.object({ state: z.string().max(100) });

/** Reads how a workflow of the repository is; `file` is its name in .github/workflows. */
export async function readWorkflow(access: WorkflowAccess, file: string): Promise<WorkflowState> {
  try {
    const { data } = await ask(access)('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', {
      ...parts(access),
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
export async function enableWorkflow(access: WorkflowAccess, file: string): Promise<Failure | null> {
  try {
    await ask(access)('PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable', {
      ...parts(access),
      workflow_id: file,
    });
    return null;
  } catch (error) {
    return readFailure(error);
  }
}

function ask({ apiUrl, token }: WorkflowAccess) {
  return request.defaults({
    baseUrl: apiUrl,
    headers: { authorization: `bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    request: {
      fetch: (input: string, init: RequestInit) =>
        fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }),
    },
  });
}

function parts({ repository }: WorkflowAccess): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
