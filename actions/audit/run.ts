import { execFile } from 'node:child_process';
import { JobFailure } from '../failure.ts';
import type { JobResult } from '../job.ts';
import type { Allowed } from './allowed.ts';
import { goodFor, judgeAdvisories } from './judge.ts';
import { type Advisory, readReport } from './report.ts';

export interface Input {
  /** The folder of package-lock.json. */
  root: string;
  env: Readonly<Record<string, string | undefined>>;
  allowed: readonly Allowed[];
  now: Date;
}

/** Asks npm which advisories concern the packages of the lockfile. Refuses while a grave one was judged by nobody. */
export async function run({ root, env, allowed, now }: Input): Promise<JobResult> {
  const advisories = readReport(await audit(root, env));
  if (advisories === null) {
    throw new JobFailure('The registry of npm told nothing of advisories. Run this again later.');
  }
  const { open, waiting, low, spare } = judgeAdvisories(advisories, allowed, now);
  if (open.length > 0) {
    return {
      ok: false,
      sentence: `${open.map(wordsOf).join('; ')}. Update the packages, or judge each in actions/audit/allowed.ts, which is good for ${goodFor} days.`,
    };
  }
  return {
    ok: true,
    lines: [
      'No advisory of high or critical severity is open.',
      ...waiting.map((advisory) => `Judged: ${wordsOf(advisory)}`),
      ...low.map((advisory) => `Lesser: ${wordsOf(advisory)}`),
      ...spare.map(
        ({ advisory }) => `${advisory} concerns us no more: take it out of actions/audit/allowed.ts.`,
      ),
    ],
    summary: { open: 0, waiting: waiting.length, lesser: low.length, spare: spare.length },
  };
}

const wordsOf = ({ id, package: name, severity, title, range }: Advisory) =>
  `${severity}: ${name} ${range}, ${title} (${id})`;

/** What npm prints; it ends with 1 where it found something. */
function audit(root: string, env: Input['env']): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'npm',
      ['audit', '--json', '--package-lock-only'],
      { cwd: root, env, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout) => resolve(stdout),
    );
  });
}
