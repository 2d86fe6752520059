import { parse } from 'yaml';
import { z } from 'zod';

const environment = z.record(z.string(), z.coerce.string()).default({});
const step = z.object({ run: z.string().optional(), env: environment });
const workflow = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(step).default([]) })) });

/**
 * The commands of a workflow's job as a script for bash, with the secrets and variables that are in the files
 * `$GITHUB/secrets/NAME` and `$GITHUB/vars/NAME`. What another action does, and what only GitHub knows, is left out.
 */
export function workflowScript(text: string, job: string): string {
  const steps = workflow.parse(parse(text)).jobs[job]?.steps ?? [];
  return steps.map(({ run, env }) => (run === undefined ? '' : stepScript(run, env))).join('');
}

function stepScript(run: string, env: Readonly<Record<string, string>>): string {
  const set = Object.entries(env).map(([name, value]) => {
    const [, kind, of] = /^\$\{\{ (secrets|vars)\.(\w+) \}\}$/.exec(value) ?? [];
    return `export ${name}="$(cat "$GITHUB/${kind ?? 'none'}/${of ?? name}" 2> /dev/null)"\n`;
  });
  return `step ${JSON.stringify(run)}\n(\n${set.join('')}${run}\n)\n`;
}
