import type { Failure } from '#github/failure.ts';
import { changeIssue, commentOnIssue, listOpenIssues, openIssue } from '#github/issues.ts';
import type { RepositoryAccess } from '#github/repository-request.ts';
import { JobFailure } from '../failure.ts';
import type { Alert } from './alert.ts';
import { allWell, isOurs, issueBody, issueTitle, label, newsText } from './issue-text.ts';
import { refusedSentence } from './refused-sentence.ts';

/** What became of the issue, and where it is. */
export interface Told {
  issue: 'none' | 'opened' | 'updated' | 'closed';
  page: string | null;
}

/**
 * Opens an issue for these alerts, brings the open one up to date, or closes it where there is none. Throws JobFailure
 * where GitHub does not let it.
 */
export async function tell(
  alerts: readonly Alert[],
  access: RepositoryAccess,
  runbook: string,
): Promise<Told> {
  const need = <Value>(found: { kind: 'found'; value: Value } | Failure): Value => {
    if (found.kind === 'found') return found.value;
    throw new JobFailure(refusedSentence(found, access, 'issues: write'));
  };
  const open = need(await listOpenIssues(access, label)).find(({ body }) => isOurs(body));
  if (alerts.length === 0) {
    if (open === undefined) return { issue: 'none', page: null };
    need(await commentOnIssue(access, open.number, allWell));
    need(await changeIssue(access, open.number, { state: 'closed' }));
    return { issue: 'closed', page: open.page };
  }
  const [title, body] = [issueTitle(alerts), issueBody(alerts, runbook)];
  if (open === undefined) {
    return { issue: 'opened', page: need(await openIssue(access, { title, body, label })).page };
  }
  const news = newsText(open.body, alerts);
  if (body !== open.body) need(await changeIssue(access, open.number, { title, body }));
  if (news !== null) need(await commentOnIssue(access, open.number, news));
  return { issue: 'updated', page: open.page };
}
