import ts from 'typescript';
import { isTest, type Source, visitNodes } from './source.ts';

/** Files besides `actions/<job>/index.ts` that touch the process's environment or arguments, and why. */
export const otherReaders: Readonly<Record<string, string>> = {
  'actions/job.ts': 'gives every job its world',
  'actions/program.ts': 'gives every other program its world',
  'actions/no-telemetry.ts': 'has to be set before Astro is loaded',
  'actions/dev/run.ts': 'tells astro.config.mjs, which Astro loads, where the site and the dataset are',
  'actions/start/run.ts': 'tells the adapter, which Astro wrote, not to start a server of its own',
  'actions/test/tell-what-is-left-out.ts': 'runs inside vitest',
  'astro.config.mjs': 'is loaded by Astro',
  'sql/testing.ts': 'runs inside vitest',
  'sql/testing/embedded-process.ts': 'is a process that tests start',
  'actions/runbook/testing-github.ts': 'is a process that tests start',
  'actions/runbook/testing-headers.ts': 'is a process that tests start',
  'actions/runbook/testing-people.ts': 'is a process that tests start',
  'actions/runbook/testing-visitors.ts': 'is a process that tests start',
  'actions/start/testing-standin.ts': 'is a process that tests start',
  'actions/export/testing-kill.ts': 'is a process that tests start',
  'actions/import-original/testing-kill.ts': 'is a process that tests start',
  'actions/release/testing-kill.ts': 'is a process that tests start',
  'actions/publish/testing-kill.ts': 'is a process that tests start',
  'actions/pull/testing-kill.ts': 'is a process that tests start',
  'actions/publish/testing-crash.ts': 'runs inside vitest',
  'actions/purge/testing-kill.ts': 'is a process that tests start',
  'actions/recheck/testing-kill.ts': 'is a process that tests start',
  'actions/hydrate/testing-kill.ts': 'is a process that tests start',
  'actions/export/parquet/child.ts': 'is a process that the export starts',
  'actions/year/testing-kill.ts': 'is a process that tests start',
  'functions/api/testing/site-process.ts': 'is a process that tests start',
  'actions/bench/export/process.ts': 'is a process that the benchmark starts',
  'actions/bench/site/serve.ts': 'is a process that the benchmark starts',
  'actions/bench/recheck/serve.ts': 'is a process that the benchmark starts',
  'actions/bench/hydrate/serve.ts': 'is a process that the benchmark starts',
  'actions/bucket/testing.ts': 'runs inside vitest',
  'actions/testing.ts': 'runs inside vitest',
  'actions/test/walk.ts': 'runs inside vitest',
};

/** Files that read the process's environment or arguments and are no entry, each as a sentence. */
export function processViolations(sources: readonly Source[], others = otherReaders): string[] {
  return sources
    .filter(({ path }) => !/^actions\/[\w-]+\/index\.ts$/.test(path) && !isTest(path) && !(path in others))
    .filter((source) => source.text.includes('process') && readsProcess(source))
    .map(({ path }) => `${path} reads the process: let its entry file do that and hand over what it needs.`);
}

function readsProcess(source: Source): boolean {
  let reads = false;
  visitNodes(source, (node) => {
    if (!ts.isIdentifier(node) || node.text !== 'process') return;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
    // `process.pid` is no input; `process` itself, handed on or taken apart, may be anything.
    const isOther = ts.isPropertyAccessExpression(parent) && !['env', 'argv'].includes(parent.name.text);
    if (!isOther) reads = true;
  });
  return reads;
}
