import type { RepositoryAccess } from '#github/repository-request.ts';
import type { Alert } from './alert.ts';
import type { Patience } from './ask.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkPublished } from './check-published.ts';
import { checkSite } from './check-site.ts';
import { checkVitals } from './check-vitals.ts';
import { checkWorkflows } from './check-workflows.ts';
import { type Told, tell } from './tell.ts';

export interface Input {
  /** The site's origin. */
  site: string;
  /** Where everybody reads the bucket; null: what is published is not looked at. */
  dataset: string | null;
  /** Null: no workflow is looked at, and nobody is told. */
  repository: RepositoryAccess | null;
  /** Address of what to do about each alert. */
  runbook: string;
  dryRun: boolean;
}

export interface Tools {
  now(): Date;
  patience: Patience;
  progress(text: string): void;
  /** Certificates to trust besides the usual ones. */
  ca?: string;
}

export interface Outcome {
  alerts: Alert[];
  /** Null where nobody is told. */
  told: Told | null;
}

/** Looks at everything that is watched, and has an issue say what is wrong. Throws JobFailure where GitHub does not let it. */
export async function run(
  { site, dataset, repository, runbook, dryRun }: Input,
  tools: Tools,
): Promise<Outcome> {
  const alerts: Alert[] = [];
  tools.progress(`looks at ${site}`);
  alerts.push(...(await checkSite(site, tools.patience)));
  alerts.push(...(await checkCertificate(site, tools)));
  alerts.push(...(await checkVitals(site, tools)));
  if (dataset !== null) {
    tools.progress(`looks at ${dataset}`);
    alerts.push(...(await checkPublished(dataset, tools)));
  }
  if (repository === null) return { alerts, told: null };
  tools.progress(`looks at the workflows of ${repository.repository}`);
  alerts.push(...(await checkWorkflows(repository)));
  return { alerts, told: dryRun ? null : await tell(alerts, repository, runbook) };
}
