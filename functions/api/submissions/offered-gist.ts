import type { Member } from '#domain/account-session.ts';
import { admitGist } from '#domain/gist.ts';
import { parseGistAddress } from '#domain/gist-address.ts';
import type { Inspection } from '#domain/inspection.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import { readGist } from '#github/gists.ts';
import { inspectGist } from '#inspect/inspect-gist.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { FormPage } from '../../http/endpoint.ts';
import { gistOrRefusal, githubRefusal, type ReadGist } from '../github-refusal.ts';

/** A gist, read at its head revision, if this member may offer it. */
export async function readOffered(
  runtime: Runtime,
  member: Member,
  gistId: string,
): Promise<Result<ReadGist>> {
  const read = gistOrRefusal(await readGist(runtime.github, gistId));
  if (!read.ok) return read;
  const admitted = admitGist(read.value.gist, member.githubId);
  return admitted.ok ? read : admitted;
}

/** What is in a gist just read. Refuses when GitHub does not give its files, and when that would take too long. */
export async function inspectRead(
  { github }: Pick<Runtime, 'github'>,
  { gist, inline }: ReadGist,
): Promise<Result<Inspection>> {
  const made = await inspectGist(github, gist, inline);
  switch (made.kind) {
    case 'inspection':
      return ok(made.inspection);
    case 'busy':
      return refuse('too_many_requests', { retry_after: made.retryAfter });
    case 'too_long':
      return refuse('gist_too_large', { limit: 'what can be looked through in a minute' });
    default:
      return githubRefusal(made);
  }
}

/** The page that shows the preview of the gist a form named. */
export const previewPage: FormPage = ({ values, runtime }) => {
  const address = parseGistAddress(values.gist_url ?? '', runtime.gistHosts);
  return address ? `/submit?gist=${address.gistId}` : '/submit';
};
