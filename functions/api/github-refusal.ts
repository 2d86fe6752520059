import type { Gist } from '#domain/gist.ts';
import { ok, type Refusal, type Result, refuse } from '#domain/result.ts';
import type { Failure } from '#github/failure.ts';
import type { GistReading, InlineContent } from '#github/gists.ts';

/** A gist at its head revision, with the content that came along. */
export interface ReadGist {
  gist: Gist;
  inline: InlineContent;
}

/** The gist that was read, or the refusal that tells why it could not be. */
export function gistOrRefusal(reading: GistReading): Result<ReadGist> {
  switch (reading.kind) {
    case 'gist':
      return ok(reading);
    case 'too_large':
      return refuse('gist_too_large', { limit: '64 MB in all' });
    default:
      return githubRefusal(reading);
  }
}

/** What a failure of GitHub's is refused with. */
export function githubRefusal(failure: Failure): Refusal {
  switch (failure.kind) {
    case 'missing':
      return refuse('gist_not_found');
    case 'rate_limited':
      return refuse('github_rate_limited', { retry_after: failure.retryAfter });
    case 'unavailable':
      return refuse('github_unavailable', { retry_after: failure.retryAfter });
  }
}
