import type { JobResult } from '../job.ts';
import type { Outcome } from './run.ts';

/** Tells what was found: that all is well, or one sentence with everything that is not. */
export function report({ alerts, told }: Outcome): JobResult {
  if (alerts.length > 0) {
    const issue = told?.page ? ` See ${told.page}.` : '';
    return { ok: false, sentence: `${alerts.map(({ sentence }) => sentence).join(' ')}${issue}` };
  }
  const lines = ['All is well.'];
  if (told?.issue === 'closed') lines.push(`The issue ${told.page} is closed.`);
  return {
    ok: true,
    lines,
    summary: { alerts: 0, issue: told?.issue ?? 'untold', page: told?.page ?? null },
  };
}
