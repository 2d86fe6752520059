/** An issue of a repository, and what was said under it. */
export interface Issue {
  repository: string;
  number: number;
  title: string;
  body: string;
  labels: string[];
  state: 'open' | 'closed';
  reason: string | null;
  comments: string[];
}

/** The issues of every repository, numbered from 1 in each. */
export function createIssueStore() {
  const issues: Issue[] = [];
  return {
    of: (repository: string): Issue[] => issues.filter((issue) => issue.repository === repository),
    create(given: Pick<Issue, 'repository' | 'title' | 'body' | 'labels'>): Issue {
      const number = issues.filter(({ repository }) => repository === given.repository).length + 1;
      const issue: Issue = { ...given, number, state: 'open', reason: null, comments: [] };
      issues.push(issue);
      return issue;
    },
  };
}

export type IssueStore = ReturnType<typeof createIssueStore>;
