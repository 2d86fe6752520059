import { type Contradiction, contradictions } from '#domain/contradictions.ts';
import { blocking } from '#domain/finding.ts';
import { isRecognised } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { License } from '#domain/license.ts';
import { problems } from '#domain/transcript/problem.ts';
import { isCurrent } from '#inspect/inspect-gist.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';

/** What every list of submissions tells of an inspection; nulls where there is none. */
export function recognisedView(inspection: Inspection | undefined): Record<string, unknown> {
  return {
    agent: inspection?.derived.agent ?? null,
    agent_version: inspection?.derived.agent_version ?? null,
    format: inspection?.derived.format ?? null,
    recognised: inspection ? isRecognised(inspection) : null,
  };
}

/** Findings, for the gist's owner and the moderators alone. */
export function findingsView(
  inspection: Pick<Inspection, 'findings' | 'findings_omitted' | 'declaration_problem'> | undefined,
): Record<string, unknown> {
  const findings = inspection?.findings ?? [];
  return {
    findings,
    findings_omitted: inspection?.findings_omitted ?? 0,
    blocking: blocking(findings).length,
    declaration_problem: inspection?.declaration_problem ?? null,
  };
}

/** The files as they were recognised, and what is wrong with each in a sentence. */
export function filesView({ files }: Inspection): Record<string, unknown>[] {
  return files.map((file) => ({
    ...file,
    problems: file.problems.map((problem) => ({ ...problem, sentence: problems[problem.code] })),
  }));
}

/** Where what the owner declares differs from what is so, the licence they chose included. */
export function contradictionsView(
  inspection: Inspection | undefined,
  license: License | null,
): Contradiction[] {
  return inspection ? contradictions(inspection, license) : [];
}

/** How many findings of which weight: what a queue shows. */
export function countsView(inspection: Inspection | undefined): Record<string, number> | null {
  if (!inspection) return null;
  const high = inspection.findings.filter(({ severity }) => severity === 'high');
  const stillBlocking = blocking(high);
  return {
    blocking: stillBlocking.length,
    declared_false: high.length - stillBlocking.length,
    low: inspection.findings.length - high.length,
    omitted: inspection.findings_omitted,
  };
}

/** Everything an inspection tells a moderator. */
export function inspectionView(record: InspectionRecord | undefined): Record<string, unknown> {
  if (!record) return { inspection: null, current: false };
  const { inspection } = record;
  return {
    inspection: {
      revision: record.revision,
      inspected_at: record.inspectedAt,
      scanner_version: inspection.scanner_version,
      formats_version: inspection.formats_version,
      files: filesView(inspection),
      derived: inspection.derived,
      findings: inspection.findings,
      findings_omitted: inspection.findings_omitted,
      declared: inspection.declared,
      declaration_problem: inspection.declaration_problem,
    },
    current: isCurrent(inspection),
  };
}
