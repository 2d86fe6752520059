import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { outputsIn } from '../testing.ts';

/*
 * Runs the workflows of this repository on this machine, step by step, so that what they say and what the scripts take
 * cannot drift apart: every job in a folder of its own, as every job has a machine of its own.
 */

const root = join(import.meta.dirname, '..', '..');
const step = z.object({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});
const job = z.object({
  needs: z.union([z.string(), z.array(z.string())]).default([]),
  uses: z.string().optional(),
  strategy: z.object({ matrix: z.record(z.string(), z.array(z.string())) }).optional(),
  steps: z.array(step).default([]),
});
const workflow = z.object({ jobs: z.record(z.string(), job) });
type Job = z.output<typeof job>;

export interface Ground {
  /** Folder for the machines. */
  folder: string;
  /** What expressions stand for: `secrets.X`, `vars.X`; what is not set has to be there as ''. `inputs.X` need not be. */
  settings: Readonly<Record<string, string>>;
  /** What the runner sets for every step. */
  env: Readonly<Record<string, string>>;
  /** Commands that are left out, such as those that install. */
  leftOut: RegExp;
  /** Takes the part of an action, in the folder of its job, and resolves to its outputs. */
  act(uses: string, given: Readonly<Record<string, unknown>>, cwd: string): Promise<Record<string, string>>;
}

/** A step that ran, and the page it left. */
export interface Walked {
  job: string;
  command: string;
  page: string;
}

/** Runs a workflow's jobs, those that others need first. Throws when a command fails. */
export async function walkWorkflow(file: string, ground: Ground): Promise<Walked[]> {
  const text = await readFile(join(root, '.github/workflows', file), 'utf8');
  const { jobs } = workflow.parse(parse(text));
  const walked: Walked[] = [];
  const done = new Set<string>();
  const walk = async (name: string): Promise<void> => {
    const found = jobs[name];
    if (found === undefined || done.has(name)) return;
    done.add(name);
    for (const needed of [found.needs].flat()) await walk(needed);
    if (found.uses !== undefined) {
      walked.push(...(await walkWorkflow(found.uses.split('/').at(-1) ?? '', ground)));
      return;
    }
    for (const matrix of cells(found)) walked.push(...(await walkJob(name, found, matrix, ground)));
  };
  for (const name of Object.keys(jobs)) await walk(name);
  return walked;
}

/** The values of a job's matrix, one after the other; ours have one axis at most. */
function cells({ strategy }: Job): Record<string, string>[] {
  const [axis] = Object.entries(strategy?.matrix ?? {});
  return axis === undefined ? [{}] : axis[1].map((value) => ({ [`matrix.${axis[0]}`]: value }));
}

async function walkJob(
  name: string,
  { steps }: Job,
  matrix: Readonly<Record<string, string>>,
  ground: Ground,
): Promise<Walked[]> {
  const cwd = await mkdtemp(join(ground.folder, `${name}-`));
  const walked: Walked[] = [];
  const values: Record<string, string> = { ...ground.settings, ...matrix };
  const keep = (id: string | undefined, outputs: Record<string, string>) => {
    for (const [output, value] of Object.entries(outputs)) values[`steps.${id}.outputs.${output}`] = value;
  };
  for (const one of steps) {
    if (one.if !== undefined && !holds(one.if, values)) {
      values[`steps.${one.id}`] = 'skipped';
      continue;
    }
    if (one.uses !== undefined) keep(one.id, await ground.act(one.uses, one.with, cwd));
    if (one.run === undefined || ground.leftOut.test(one.run)) continue;
    const env = Object.fromEntries(
      Object.entries(one.env).map(([variable, text]) => [variable, filled(text, values)]),
    );
    const { page, outputs } = await runStep(one.run, cwd, { ...ground.env, ...env });
    keep(one.id, outputs);
    walked.push({ job: name, command: one.run, page });
  }
  return walked;
}

/** An environment's text with its expressions worked out. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) => standsFor(name, values));
}

/** Of an input that was not given, as in every run by schedule, and of a step that was skipped, it is ''. */
function standsFor(name: string, values: Readonly<Record<string, string>>): string {
  const step = /^steps\.[\w-]+/.exec(name)?.[0] ?? '';
  const value = values[name] ?? (name.startsWith('inputs.') || values[step] === 'skipped' ? '' : undefined);
  if (value === undefined) throw new Error(`the workflow asks for ${name}`);
  return value;
}

/** Whether a step runs. Conditions of ours compare one value with a text. */
function holds(condition: string, values: Readonly<Record<string, string>>): boolean {
  const [, name, wanted] = /^\$\{\{ ([\w.-]+) == '([^']*)' \}\}$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`"${condition}" is no condition of ours`);
  return standsFor(name, values) === wanted;
}

const packageFile = z.object({ scripts: z.record(z.string(), z.string()) });

/** Runs `npm run SCRIPT`, without the tunnel, as npm would; resolves to the page and the outputs it left. */
async function runStep(
  run: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ page: string; outputs: Record<string, string> }> {
  const { scripts } = packageFile.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const script = /^(?:npm run tunnel -- )?npm run ([\w:-]+)$/.exec(run)?.[1];
  const args = / (actions\/\S+)((?: --\S+)*)$/.exec(scripts[script ?? ''] ?? '');
  if (args?.[1] === undefined) throw new Error(`"${run}" is no script`);
  await mkdir(join(cwd, '.step'), { recursive: true });
  const [summary, outputs] = [join(cwd, '.step/summary'), join(cwd, '.step/outputs')];
  await Promise.all([summary, outputs].map((file) => writeFile(file, '')));
  const { PATH = '' } = process.env;
  await promisify(execFile)(
    process.execPath,
    [join(root, args[1]), ...(args[2] ?? '').split(' ').filter(Boolean)],
    { cwd, env: { PATH, ...env, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs } },
  );
  return { page: await readFile(summary, 'utf8'), outputs: outputsIn(await readFile(outputs, 'utf8')) };
}
