import type { Member } from '#domain/account-session.ts';
import type { Submission } from '#domain/move.ts';
import type { Database } from '#sql/db.ts';
import { type Contributor, listContributors } from '#sql/queries/contributors.ts';
import { type Duplicate, listDuplicates } from '#sql/queries/duplicates.ts';
import { type Escalation, listEscalations } from '#sql/queries/escalations.ts';
import { type HistoryEntry, listHistories } from '#sql/queries/history.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { listInspections } from '#sql/queries/inspections.ts';
import { listReaders, type Reader } from '#sql/queries/readers.ts';
import { listReports, type Report } from '#sql/queries/reports.ts';

/** What a moderator is shown besides a submission itself. */
export interface Evidence {
  history: readonly HistoryEntry[];
  reports: readonly Report[];
  /** Of the revision the row stands at. */
  inspection: InspectionRecord | undefined;
  duplicates: readonly Duplicate[];
  /** Other moderators who have it open. */
  readers: readonly Reader[];
  escalation: Escalation | undefined;
  contributor: Contributor | undefined;
}

/** Gathers the evidence for a page of submissions, one query a question; returns where to look up that of each. */
export async function gatherEvidence(
  database: Database,
  rows: readonly Submission[],
  { accountId }: Member,
): Promise<(row: Submission) => Evidence> {
  const gistIds = rows.map((row) => row.gistId);
  const ownerIds = [...new Set(rows.flatMap((row) => row.ownerId ?? []))];
  const histories = await listHistories(database, gistIds);
  const reports = await listReports(database, gistIds);
  const inspections = await listInspections(database, gistIds);
  const duplicates = await listDuplicates(database, gistIds);
  const readers = await listReaders(database, gistIds, accountId);
  const escalations = await listEscalations(database, gistIds);
  const contributors = await listContributors(database, ownerIds);
  return ({ gistId, ownerId }) => ({
    history: histories.get(gistId) ?? [],
    reports: reports.filter((report) => report.gistId === gistId),
    inspection: inspections.get(gistId),
    duplicates: duplicates.get(gistId) ?? [],
    readers: readers.get(gistId) ?? [],
    escalation: escalations.get(gistId),
    contributor: contributors.get(ownerId ?? ''),
  });
}
