import type { Decision } from './moderation.ts';

/** What became of a report: its row was taken out, it stays, or its owner took it back. */
const reportOutcomes = ['removed', 'kept', 'left'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/**
 * Where a report stands: it hides its row or is a case, and waits; or it has an outcome. `closed` was decided before
 * outcomes were kept.
 */
export const reportStandings = ['hidden', 'waiting', ...reportOutcomes, 'closed'] as const;
export type ReportStanding = (typeof reportStandings)[number];

/** What a moderator's decision about the row means for what readers reported of it. */
export function reportOutcome(decision: Decision): ReportOutcome {
  return decision === 'remove' || decision === 'reject' ? 'removed' : 'kept';
}
