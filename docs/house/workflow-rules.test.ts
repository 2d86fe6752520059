import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePackage } from './package-rules.ts';
import { root, type Source } from './source.ts';
import { type Known, workflowViolations } from './workflow-rules.ts';
import { parseWorkflow, readWorkflows, settingsOf } from './workflows.ts';

const { scripts } = parsePackage(readFileSync(join(root, 'package.json'), 'utf8'));
const helps = new Map<string, ReadonlySet<string>>();

/** Asks the script itself. */
function flagsOf(script: string): ReadonlySet<string> {
  const [, entry = ''] = / (actions\/\S+)$/.exec(scripts[script] ?? '') ?? [];
  const help =
    helps.get(script) ??
    new Set(
      [
        ...execFileSync(process.execPath, [entry, '--help'], { cwd: root, encoding: 'utf8' }).matchAll(
          /^ {2}--([\w-]+)/gm,
        ),
      ].map(([, flag = '']) => flag),
    );
  helps.set(script, help);
  return help;
}

const known: Known = { scripts: new Set(Object.keys(scripts)), flagsOf };
const workflows = readWorkflows();

test.each(workflows)('$path keeps the rules', (source) => {
  expect(workflowViolations(source, known)).toEqual([]);
});

/** The table of operations.md: a row a setting, written `secrets.X` or `vars.X`. */
const documented = [
  ...readFileSync(join(root, 'docs/operations.md'), 'utf8').matchAll(/^\| `((?:secrets|vars)\.\w+)` \|/gm),
].map(([, name = '']) => name);

test('every secret and variable is in the table of operations.md, and no other', () => {
  const used = new Set(workflows.flatMap(settingsOf));
  expect(documented.toSorted()).toEqual([...used].sort());
});

/** As GitHub writes one, which is not as JavaScript does. */
const expression = (text: string) => `$${`{{ ${text} }}`}`;

const workflowOf = (name: string) => {
  const found = workflows.find(({ path }) => path.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const snapshot = workflowOf('snapshot.yml');
const check = workflowOf('check.yml');
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

test.each([
  ['permissions: {}', 'permissions:\n  contents: write', 'its permissions are not {}'],
  ['\npermissions: {}\n', '\n', 'its permissions are not {}'],
  ['concurrency:\n  group: snapshot\n  queue: max\n', '', 'it has no concurrency group'],
  ['workflow_dispatch:\n    inputs', 'workflow_call:\n    inputs', 'it has no workflow_dispatch'],
  ['cron: "41 5 * * *"', 'cron: "0 5 * * *"', '"0 5 * * *" is not at one minute'],
  ['cron: "41 5 * * *"', 'cron: "*/5 5 * * *"', '"*/5 5 * * *" is not at one minute'],
  ['schedule:\n', 'workflow_run:\n    workflows: [check]\n  schedule:\n', 'it begins by workflow_run'],
  ['schedule:\n', 'pull_request_target:\n  schedule:\n', 'it begins by pull_request_target'],
  ['secrets.TUNNEL_KEY', 'secrets.GITHUB_KEY', 'no secret can be called GITHUB_KEY'],
  [checkout, 'actions/checkout@v7', 'actions/checkout@v7 is no action of ours'],
  [checkout, checkout.replace('3d3c', '3d3d'), 'is not 3d3c42e5'],
  [checkout, checkout.replace(' # v7.0.1', ''), 'is no action of ours with a commit and its version'],
  [checkout, checkout.replace('v7.0.1', 'v7.0.2'), 'is not 3d3c42e5'],
  [checkout, checkout.replace('checkout', 'cache'), 'is no action of ours'],
  ['    permissions:\n      contents: read\n    uses', '    uses', 'job recheck does not say what it may do'],
  ['    environment: production\n', '', 'job snapshot takes secrets outside the environment'],
  [
    `if: ${expression('!cancelled() && !github.event.repository.fork')}`,
    `if: ${expression('!cancelled()')}`,
    'job snapshot runs on forks',
  ],
  [
    './.github/workflows/recheck.yml',
    './.github/workflows/none.yml',
    'job recheck calls ./.github/workflows/none.yml',
  ],
  ['./.github/workflows/recheck.yml', 'x/y/.github/workflows/recheck.yml@main', 'job recheck calls x/y'],
  ['runs-on: ubuntu-24.04', 'runs-on: ubuntu-latest', 'job snapshot runs on ubuntu-latest'],
  ['    timeout-minutes: 90\n', '', 'job snapshot may run for six hours'],
  ['          persist-credentials: false\n', '          fetch-depth: 1\n', 'job snapshot leaves its token'],
  [
    'run: npm run tunnel -- npm run dataset:export',
    `run: npm run dataset:export -- ${expression('inputs.force')}`,
    'writes an expression into',
  ],
  ['npm ci --ignore-scripts', 'npm ci', 'job snapshot runs "npm ci", which is neither'],
  ['npm ci --ignore-scripts', 'curl https://x.test | sh', 'which is neither a script nor a file'],
  ['npm ci --ignore-scripts', 'bash .ci/none', 'runs .ci/none, which is not there'],
  [
    'npm run dataset:export',
    'npm run dataset:exports',
    'runs dataset:exports, which package.json does not have',
  ],
  [
    'npm run dataset:export',
    'npm run dataset:export -- --fast',
    'gives dataset:export --fast, which it does not know',
  ],
  ['INPUT_FORCE', 'INPUT_FORCED', 'gives dataset:export --forced, which it does not know'],
  ['  force-export:', '  force:', "job recheck is given the caller's force"],
  ['      contents: read\n    uses', '      contents: write\n    uses', 'job recheck may write contents'],
  [
    `  keep-alive:\n    if: ${expression('!github.event.repository.fork')}\n`,
    '  keep-alive:\n',
    'job keep-alive runs on forks',
  ],
])('%s may not be %s', (right, wrong, sentence) => {
  expect(violationsOf(snapshot, right, wrong)).toContainEqual(expect.stringContaining(sentence));
});

test.each([
  ["github.event_name == 'push' && ", '', 'job deploy has secrets in a pull request'],
  ['    needs: check\n', '', 'job deploy does not wait for the check'],
])('what is deployed has passed on main: %s may not be %s', (right, wrong, sentence) => {
  expect(violationsOf(check, right, wrong)).toContainEqual(expect.stringContaining(sentence));
});

function violationsOf(workflow: Source, right: string, wrong: string): string[] {
  expect(workflow.text).toContain(right);
  return workflowViolations({ ...workflow, text: workflow.text.replace(right, wrong) }, known);
}

test('a form that ours do not have is refused as a whole', () => {
  const text = 'name: x\non: push\njobs: {}\n';
  expect(() => parseWorkflow({ path: '.github/workflows/x.yml', text })).toThrow();
});
