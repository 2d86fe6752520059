import type { Failure } from '#github/failure.ts';
import type { RepositoryAccess } from '#github/repository-request.ts';

/** Why GitHub did not do it, and what to do. */
export function refusedSentence(
  failure: Failure,
  { repository }: RepositoryAccess,
  permission: string,
): string {
  if (failure.kind === 'missing' || (failure.kind === 'unavailable' && failure.refused !== undefined)) {
    return `GITHUB_TOKEN may not do this in ${repository}: the job needs the permission ${permission}.`;
  }
  const why = failure.kind === 'rate_limited' ? 'limiting our requests' : 'not answering properly';
  return `GitHub is ${why}. Run this again in ${failure.retryAfter} s.`;
}
