import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root, type Source } from './source.ts';

const folder = '.github/workflows';
const textOrNumber = z.union([z.string(), z.number(), z.boolean()]);
const values = z.record(z.string(), textOrNumber.nullable()).default({});

const step = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: values,
  run: z.string().optional(),
  env: values,
});
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const concurrency = z.object({ group: z.string() });
const job = z.looseObject({
  needs: z.unknown().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  secrets: z.unknown().optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  jobs: z.record(z.string(), job),
});
const dispatch = z.object({ inputs: z.record(z.string(), z.unknown()).default({}) }).nullish();
const schedule = z.array(z.object({ cron: z.string() })).default([]);

export type Step = z.output<typeof step>;
type Job = z.output<typeof job>;

export interface Workflow {
  /** The file's name. */
  file: string;
  text: string;
  triggers: string[];
  crons: string[];
  /** What a person who starts it by hand is asked. */
  inputs: string[];
  permissions: Record<string, string> | undefined;
  hasConcurrency: boolean;
  jobs: Record<string, Job>;
}

/** The workflows of the repository, as they are written. */
export function readWorkflows(): Source[] {
  return readdirSync(join(root, folder)).map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(join(root, folder, name), 'utf8'),
  }));
}

/** Reads a workflow. Throws where it has another form than ours have. */
export function parseWorkflow({ path, text }: Source): Workflow {
  const { on, jobs, permissions, concurrency } = workflow.parse(parse(text));
  return {
    file: path.slice(folder.length + 1),
    text,
    triggers: Object.keys(on),
    crons: schedule.parse(on.schedule).map(({ cron }) => cron),
    inputs: Object.keys(dispatch.parse(on.workflow_dispatch)?.inputs ?? {}),
    permissions,
    hasConcurrency: concurrency !== undefined,
    jobs,
  };
}

/** The secrets and variables a workflow takes from its repository: `secrets.X` and `vars.X`. */
export function settingsOf({ text }: Source): string[] {
  const found = [...text.matchAll(/\b(secrets|vars)\.(\w+)/g)].map(([, kind, name]) => `${kind}.${name}`);
  return [...new Set(found)].filter((name) => name !== 'secrets.GITHUB_TOKEN').sort();
}

/** What a `run:` line runs: an npm script with its flags, or a file. Null where it is neither. */
export function commandOf(run: string): { script: string; flags: string[] } | { file: string } | null {
  const line = run.trim();
  const file = /^bash (\S+)$/.exec(line)?.[1];
  if (file !== undefined) return { file };
  const found = /^(?:npm run tunnel -- (?:-- )?)?npm run ([\w:-]+)(?: -- (.+))?$/.exec(line);
  if (found?.[1] === undefined || found[1] === 'tunnel') return null;
  const flags = [...(found[2] ?? '').matchAll(/(?:^| )--([\w-]+)/g)].map(([, flag = '']) => flag);
  return { script: found[1], flags };
}
