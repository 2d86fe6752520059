import { failureSentence } from './failure-sentence.ts';
import { failurePage } from './result-page.ts';
import { writeStepSummary } from './step-files.ts';

/** Says once what ended a script, in GitHub Actions also as an annotation and on the run's page. An error nobody foresaw brings its stack along. */
export async function tellFailure(
  script: string,
  error: unknown,
  env: Readonly<Record<string, string | undefined>>,
  printLine: (line: string) => void,
): Promise<void> {
  const foreseen = failureSentence(error);
  const sentence =
    foreseen ?? `It failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`;
  printLine(`${script}: ${sentence}`);
  if (foreseen === null && error instanceof Error) printLine(error.stack ?? 'No stack.');
  if (env.GITHUB_ACTIONS === 'true') {
    const { error: annotate } = await import('@actions/core');
    annotate(sentence, { title: script });
  }
  await writeStepSummary(env, failurePage(script, sentence), printLine);
}
