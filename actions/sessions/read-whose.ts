import type { SessionsOf } from '#sql/queries/sessions.ts';
import { FlagError } from '../flags.ts';

/** Whose sessions the flags name: one account's or everybody's, and said outright. Throws FlagError otherwise. */
export function readWhose(githubId: string | undefined, all: boolean): SessionsOf {
  if ((githubId === undefined) !== all) throw new FlagError('Say either --github-id N or --all.');
  if (githubId === undefined) return 'everybody';
  if (!/^[1-9]\d{0,14}$/.test(githubId)) {
    throw new FlagError(
      '--github-id must be the number of an account, as https://api.github.com/users/LOGIN tells it.',
    );
  }
  return { githubId };
}
