import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Source } from './source.ts';
import { commandOf, parseWorkflow, type Step, type Workflow } from './workflows.ts';

/** The only actions our workflows use, each at the commit of its version. */
const actions: Readonly<Record<string, readonly [commit: string, version: string]>> = {
  'actions/checkout': ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'actions/setup-node': ['820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'actions/upload-artifact': ['043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', 'v7.0.1'],
  'actions/attest': ['1e69f48acb82d1966a394da916b4c1698aa569d6', 'v4.2.2'],
};
/** How a workflow of ours may begin. */
const triggers = ['schedule', 'workflow_dispatch', 'workflow_call', 'push', 'pull_request'];
/** The jobs that may write something, and what. */
const writers: Readonly<Record<string, readonly string[]>> = {
  release: ['contents', 'id-token', 'attestations', 'artifact-metadata'],
  'keep-alive': ['actions'],
  // Says in an issue what somebody has to look at.
  watch: ['issues'],
  // Tells npm whose workflow this is; there is no token to keep.
  publish: ['id-token'],
};
const installs = /^npm ci(?: --omit=dev)? --ignore-scripts$/;

export interface Known {
  /** The scripts of package.json. */
  scripts: ReadonlySet<string>;
  /** The flags of a script, as its --help names them. */
  flagsOf(script: string): ReadonlySet<string>;
}

/** What is wrong with a workflow, each as a sentence. */
export function workflowViolations(source: Source, known: Known): string[] {
  const workflow = parseWorkflow(source);
  const found = [
    ...topViolations(workflow),
    ...usesViolations(workflow),
    ...Object.keys(workflow.jobs).flatMap((name) => [...jobViolations(workflow, name, known)]),
  ];
  return found.map((sentence) => `${workflow.file}: ${sentence}`);
}

function* topViolations({
  text,
  triggers: begins,
  crons,
  permissions,
  hasConcurrency,
}: Workflow): Generator<string, void> {
  if (permissions === undefined || Object.keys(permissions).length > 0)
    yield 'its permissions are not {} to begin with.';
  if (!hasConcurrency) yield 'it has no concurrency group.';
  if (!begins.includes('workflow_dispatch'))
    yield 'nobody can start it by hand: it has no workflow_dispatch.';
  for (const begin of begins) if (!triggers.includes(begin)) yield `it begins by ${begin}.`;
  for (const cron of crons) {
    if (!/^(?:[1-9]|[1-5]\d) /.test(cron))
      yield `"${cron}" is not at one minute other than 0, when GitHub is late.`;
  }
  for (const [, name] of text.matchAll(/\bsecrets\.(GITHUB_\w+)/gi)) {
    if (name !== 'GITHUB_TOKEN') yield `no secret can be called ${name}.`;
  }
}

function* usesViolations({ text }: Workflow): Generator<string, void> {
  for (const [, value = ''] of text.matchAll(/\buses: *(.+)$/gm)) {
    if (value.startsWith('./')) continue;
    const [, name = '', commit, version] = /^([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(value) ?? [];
    const pinned = actions[name];
    if (pinned === undefined) yield `${value} is no action of ours with a commit and its version.`;
    else if (commit !== pinned[0] || version !== pinned[1]) yield `${value} is not ${pinned.join(' # ')}.`;
  }
}

function* jobViolations(workflow: Workflow, name: string, known: Known): Generator<string, void> {
  const job = workflow.jobs[name];
  if (job === undefined) return;
  const text = JSON.stringify(job);
  const holdsSecrets = /secrets\.(?!GITHUB_TOKEN)/.test(text);
  const isProduction = job.environment !== undefined || job.secrets !== undefined;
  if (job.permissions === undefined) yield `job ${name} does not say what it may do.`;
  if (holdsSecrets && job.environment !== 'production')
    yield `job ${name} takes secrets outside the environment.`;
  const written = Object.entries(job.permissions ?? {}).flatMap(([what, how]) =>
    how === 'write' ? [what] : [],
  );
  for (const what of written) if (!writers[name]?.includes(what)) yield `job ${name} may write ${what}.`;
  const condition = job.if ?? '';
  const isKept = isProduction || written.length > 0;
  if (isKept && !/!github\.event\.repository\.fork|needs\.\w+\.result == 'success'/.test(condition))
    yield `job ${name} runs on forks.`;
  // No stranger's code runs beside secrets, nor code that has not passed.
  if (isProduction && workflow.triggers.includes('pull_request')) {
    if (!/github\.event_name == 'push'/.test(condition)) yield `job ${name} has secrets in a pull request.`;
    if (job.needs !== 'check') yield `job ${name} does not wait for the check.`;
  }
  if (job.uses !== undefined) {
    const called = /^\.\/(\.github\/workflows\/[\w-]+\.yml)$/.exec(job.uses)?.[1];
    if (called === undefined || !existsSync(join(root, called))) yield `job ${name} calls ${job.uses}.`;
    else
      for (const input of sharedInputs(workflow, called)) yield `job ${name} is given the caller's ${input}.`;
    return;
  }
  if (!/^ubuntu-24\.04(?:-arm)?$/.test(job['runs-on'] ?? '')) yield `job ${name} runs on ${job['runs-on']}.`;
  if (job['timeout-minutes'] === undefined) yield `job ${name} may run for six hours.`;
  for (const step of job.steps)
    for (const sentence of stepViolations(step, known)) yield `job ${name} ${sentence}`;
}

/** GitHub gives a called workflow its caller's inputs, too: https://github.com/actions/runner/issues/2274 */
function sharedInputs({ inputs }: Workflow, called: string): string[] {
  const theirs = parseWorkflow({ path: called, text: readFileSync(join(root, called), 'utf8') }).inputs;
  return inputs.filter((input) => theirs.includes(input));
}

function* stepViolations(step: Step, known: Known): Generator<string, void> {
  if (step.uses?.startsWith('actions/checkout@') && step.with['persist-credentials'] !== false)
    yield 'leaves its token in the checkout.';
  if (step.run === undefined) return;
  if (step.run.includes('${{')) yield `writes an expression into "${step.run}": give it by env.`;
  if (installs.test(step.run)) return;
  const command = commandOf(step.run);
  if (command === null) return yield `runs "${step.run}", which is neither a script nor a file of ours.`;
  if ('file' in command) {
    if (!existsSync(join(root, command.file))) yield `runs ${command.file}, which is not there.`;
    return;
  }
  if (!known.scripts.has(command.script))
    return yield `runs ${command.script}, which package.json does not have.`;
  const inputs = Object.keys(step.env).filter((variable) => variable.startsWith('INPUT_'));
  const flags = inputs.map((input) => input.slice('INPUT_'.length).toLowerCase().replaceAll('_', '-'));
  for (const flag of [...command.flags, ...flags]) {
    if (!known.flagsOf(command.script).has(flag))
      yield `gives ${command.script} --${flag}, which it does not know.`;
  }
}
