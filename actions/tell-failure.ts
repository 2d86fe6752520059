import { failureSentence } from './failure.ts';

/** Says once what ended a script, in CI also as an annotation. An error nobody foresaw brings its stack along. */
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
}
