import { type Answer, failure, json, noContent, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import { mayWrite, repositoryOf } from '../releases/release-routes.ts';
import type { World } from '../world.ts';

/** A workflow is named by its file here, never by its number. */
const isFile = (asked: Asked) => asked.param('workflow').endsWith('.yml');
const nameOf = (asked: Asked) => `${repositoryOf(asked)}/${asked.param('workflow')}`;

/** GET /repos/{owner}/{repo}/actions/workflows/{workflow} */
export function showWorkflow(world: World, asked: Asked): Answer {
  if (!isFile(asked)) return notFound();
  const path = `.github/workflows/${asked.param('workflow')}`;
  return json({ path, state: world.workflows.stateOf(nameOf(asked)) });
}

/** GET /repos/{owner}/{repo}/actions/workflows/{workflow}/runs: all of them have ended, on the branch that is asked for. */
export function listRuns(world: World, asked: Asked): Answer {
  if (!isFile(asked)) return notFound();
  const name = nameOf(asked);
  const url = `${world.origin}/repos/${repositoryOf(asked)}/actions/workflows/${asked.param('workflow')}/runs`;
  const page = paginate([...world.workflows.runsOf(name)], asked.query, url);
  const workflow_runs = page.items.map(({ conclusion, endedAt }, i) => ({
    id: i + 1,
    status: 'completed',
    conclusion,
    html_url: `${world.origin}/${repositoryOf(asked)}/actions/runs/${i + 1}`,
    updated_at: new Date(endedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  }));
  return json({ total_count: world.workflows.runsOf(name).length, workflow_runs }, 200, page.headers);
}

/** PUT /repos/{owner}/{repo}/actions/workflows/{workflow}/enable, and /disable */
export function switchWorkflow(off: boolean) {
  return ({ workflows }: World, asked: Asked): Answer => {
    if (!mayWrite(asked)) return failure(403, 'Resource not accessible by integration');
    if (!isFile(asked)) return notFound();
    if (off) workflows.disable(nameOf(asked));
    else workflows.enable(nameOf(asked));
    return noContent();
  };
}
