import { type Answer, failure, json, noContent, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
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
