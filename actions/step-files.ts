import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';

type Env = Readonly<Record<string, string | undefined>>;

/** GitHub shows no summary of more than a mebibyte; the rest is for what else the step writes. */
const mostBytes = 900_000;

/**
 * Appends Markdown to the page GitHub Actions show of a run; elsewhere nothing. A job has done its work by then, so
 * what goes wrong here is only told.
 */
export async function writeStepSummary(
  env: Env,
  markdown: string,
  printLine: (line: string) => void,
): Promise<void> {
  const whole = Buffer.byteLength(markdown) <= mostBytes;
  const text = whole ? markdown : 'This page would be too long. The log has the lines.\n';
  await append(env.GITHUB_STEP_SUMMARY, `${text}\n`, 'summary', printLine);
}

/** Gives later steps of a workflow the numbers, texts and truth values of a job's summary; nothing is an empty text. */
export async function writeStepOutputs(
  env: Env,
  summary: object,
  printLine: (line: string) => void,
): Promise<void> {
  const scalars = Object.entries(summary).filter(([, value]) => typeof value !== 'object' || value === null);
  const text = scalars.map(([name, value]) => {
    // A delimiter that nobody can know: a value cannot end itself and begin another.
    const end = `end-${randomUUID()}`;
    return `${name}<<${end}\n${value ?? ''}\n${end}\n`;
  });
  await append(env.GITHUB_OUTPUT, text.join(''), 'outputs', printLine);
}

async function append(
  file: string | undefined,
  text: string,
  what: string,
  printLine: (line: string) => void,
): Promise<void> {
  if (!file || text === '') return;
  try {
    await appendFile(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    printLine(`The step's ${what} could not be written (${reason}).`);
  }
}
