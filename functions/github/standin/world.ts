import type { Faults } from './faults.ts';
import type { GistsFolder } from './gists/gists-folder.ts';
import type { CredentialRules } from './http/credential.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { IssueStore } from './issues/issue-store.ts';
import type { OauthStore } from './oauth/oauth-store.ts';
import type { ReleaseStore } from './releases/release-store.ts';
import type { WorkflowStore } from './workflows/workflow-store.ts';

/** What every handler of the stand-in can reach. */
export interface World {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  origin: string;
  gists: GistsFolder;
  oauth: OauthStore;
  releases: ReleaseStore;
  workflows: WorkflowStore;
  issues: IssueStore;
  faults: Faults;
  limits: RateLimits;
  credentials: CredentialRules;
  /** Epoch milliseconds. */
  now(): number;
  log(line: string): void;
}
