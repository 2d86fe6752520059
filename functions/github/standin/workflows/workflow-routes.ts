import { type Answer, failure, json, noContent, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { mayWrite, repositoryOf } from '../releases/release-routes.ts';
import type { World } from '../world.ts';

/** A schedule ends after this long without activity in its repository, in milliseconds. */
const patience = 60 * 24 * 3600 * 1000;

/** Every workflow that is asked for is there, and was last active when it was first asked for or enabled. */
export function createWorkflows() {
  const known = new Map<string, { active: number; disabled: boolean }>();
  return {
    of(name: string, now: number) {
      const found = known.get(name) ?? { active: now, disabled: false };
      known.set(name, found);
      return found;
    },
  };
}

const nameOf = (asked: Asked) => `${repositoryOf(asked)}/${asked.param('workflow')}`;

/** GET /repos/{owner}/{repo}/actions/workflows/{workflow} */
export function showWorkflow(world: World, asked: Asked): Answer {
  if (!/\.yml$/.test(asked.param('workflow'))) return notFound();
  const { active, disabled } = world.workflows.of(nameOf(asked), world.now());
  const idle = world.now() - active >= patience ? 'disabled_inactivity' : 'active';
  return json({ path: `.github/workflows/${asked.param('workflow')}`, state: disabled ? 'disabled_manually' : idle });
}

/** PUT /repos/{owner}/{repo}/actions/workflows/{workflow}/enable, and /disable */
export function switchWorkflow(disabled: boolean) {
  return (world: World, asked: Asked): Answer => {
    if (!mayWrite(asked)) return failure(403, 'Resource not accessible by integration');
    if (!/\.yml$/.test(asked.param('workflow'))) return notFound();
    Object.assign(world.workflows.of(nameOf(asked), world.now()), { active: world.now(), disabled });
    return noContent();
  };
}
