import type { CommanderError } from 'commander';
import { diskSentence } from '../disk-sentence.ts';
import { JobFailure } from '../failure.ts';

/** What to say of an error, as lines: one sentence, and for what nobody foresaw the place it came from. */
export function sentencesOf(error: unknown): string[] {
  if (error instanceof JobFailure) return [error.message];
  const disk = diskSentence(error);
  if (disk !== null) return [disk];
  if (!(error instanceof Error)) return [`It failed unexpectedly: ${String(error)}`];
  return [`It failed unexpectedly: ${error.message}`, error.stack ?? 'No stack.'];
}

const rules: readonly [RegExp, (...groups: string[]) => string][] = [
  [
    /^unknown option '(.+?)'(.*)$/,
    (flag, more) => `There is no flag ${flag}.${more || ' --help lists them all.'}`,
  ],
  [
    /^unknown command '(.+?)'(.*)$/,
    (name, more) => `There is no command ${name}.${more || ' --help lists them all.'}`,
  ],
  [/^option '(--\S+).*' argument missing$/, (flag) => `${flag} needs a value.`],
  [
    /^too many arguments.*: (.+)\.$/,
    (rest) => `${rest} is not expected here: flags begin with --; --help lists them.`,
  ],
];

/** Commander's complaint as a sentence of ours. */
export function wrongUse({ message }: CommanderError): string {
  const said = message.replace(/^error: /, '').replace(/\n?\((Did you mean .*)\)$/s, ' $1');
  for (const [pattern, words] of rules) {
    const [match, ...groups] = pattern.exec(said) ?? [];
    if (match !== undefined) return words(...groups);
  }
  return `${said[0]?.toUpperCase()}${said.slice(1)}.`;
}
