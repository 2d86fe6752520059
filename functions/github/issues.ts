import { z } from 'zod';
import { type Found, findWith, partsOf, type RepositoryAccess, requestWith } from './repository-request.ts';

/** An issue of the repository. */
export interface Issue {
  number: number;
  /** Its page. */
  page: string;
  body: string;
}

const issue = z.object({
  number: z.int(),
  html_url: z.url().max(500),
  body: z.string().max(100_000).nullish(),
});
const issues = z.array(issue).max(100);
const issueOf = ({ number, html_url, body }: z.output<typeof issue>): Issue => ({
  number,
  page: html_url,
  body: body ?? '',
});

/** Open issues with a label, the newest 100. */
export function listOpenIssues(access: RepositoryAccess, label: string): Promise<Found<Issue[]>> {
  return findWith(
    issues,
    (list) => list.map(issueOf),
    () =>
      requestWith(access)('GET /repos/{owner}/{repo}/issues', {
        ...partsOf(access),
        state: 'open',
        labels: label,
        per_page: 100,
      }),
  );
}

/** Opens an issue. GitHub makes the label where there is none yet. */
export function openIssue(
  access: RepositoryAccess,
  { title, body, label }: { title: string; body: string; label: string },
): Promise<Found<Issue>> {
  return findWith(issue, issueOf, () =>
    requestWith(access)('POST /repos/{owner}/{repo}/issues', {
      ...partsOf(access),
      title,
      body,
      labels: [label],
    }),
  );
}

/** Changes what an issue says, or closes it. */
export function changeIssue(
  access: RepositoryAccess,
  number: number,
  change: { title: string; body: string } | { state: 'closed' },
): Promise<Found<Issue>> {
  return findWith(issue, issueOf, () =>
    requestWith(access)('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...partsOf(access),
      issue_number: number,
      ...('state' in change ? { state: change.state, state_reason: 'completed' as const } : change),
    }),
  );
}

/** Says something under an issue, of which whoever watches the repository gets a mail. */
export function commentOnIssue(access: RepositoryAccess, number: number, body: string): Promise<Found<null>> {
  return findWith(
    z.unknown(),
    () => null,
    () =>
      requestWith(access)('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...partsOf(access),
        issue_number: number,
        body,
      }),
  );
}
