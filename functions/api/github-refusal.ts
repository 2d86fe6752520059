import type { Gist } from '#domain/gist.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { GistReading } from '#github/gists.ts';

/** The gist that was read, or the refusal that tells why it could not be. */
export function gistOrRefusal(reading: GistReading): Result<Gist> {
  switch (reading.kind) {
    case 'gist':
      return ok(reading.gist);
    case 'missing':
      return refuse('gist_not_found');
    case 'too_large':
      return refuse('gist_too_large', { limit: '64 MB in all' });
    case 'rate_limited':
      return refuse('github_rate_limited', { retry_after: reading.retryAfter });
    case 'unavailable':
      return refuse('github_unavailable', { retry_after: reading.retryAfter });
  }
}
