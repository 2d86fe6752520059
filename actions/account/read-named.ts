import type { Named } from '#sql/queries/accounts.ts';
import { FlagError } from '../flags.ts';

/** Which account the flags name. Throws FlagError where it is not exactly one, by a number. */
export function readNamed(githubId: string | undefined, key: string | undefined): Named {
  const number = githubId ?? key;
  if (number === undefined || (githubId !== undefined && key !== undefined)) {
    throw new FlagError('Say either --github-id N or --key N.');
  }
  if (!/^[1-9]\d{0,14}$/.test(number)) {
    throw new FlagError(
      `${githubId === undefined ? '--key' : '--github-id'} must be the number of an account.`,
    );
  }
  return githubId === undefined ? { key: number } : { githubId };
}
