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

/** Commander's complaint as a sentence of ours. `verb` is null where none was found. */
export function wrongUse({ message }: CommanderError, verb: string | null): string {
  const said = message.replace(/^error: /, '');
  const meant = /\(Did you mean (.+)\?\)$/s.exec(said)?.[1];
  const more = meant === undefined ? '--help lists them all.' : `Did you mean ${meant}?`;
  const flag = /^unknown option '(-[^'=]*)/.exec(said)?.[1];
  if (flag !== undefined) {
    return verb === null
      ? `There is no flag ${flag} before the command. --help tells how it is used.`
      : `There is no flag ${flag}. ${more}`;
  }
  const command = /^unknown command '([^']*)'/.exec(said)?.[1];
  if (command !== undefined) return `There is no command ${command}. ${more}`;
  const valueless = /^option '(--[\w-]+).*' argument missing$/.exec(said)?.[1];
  if (valueless !== undefined) return `${valueless} needs a value.`;
  const rest = /^too many arguments.*?: (.+)\.$/s.exec(said)?.[1];
  if (rest !== undefined) return `${rest}: ${verb} takes nothing beside its flags, which begin with --.`;
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}.`;
}
