import { contradictions } from './contradictions.ts';
import { blocking } from './finding.ts';
import { isRecognised } from './inspected-row.ts';
import type { Inspection } from './inspection.ts';
import type { License } from './license.ts';

/** What an inspection may show that a moderator should look at. */
const inspectionFlags = [
  'secret',
  'declared_false',
  'personal',
  'contradiction',
  'declaration_problem',
  'unrecognised',
] as const;
export type InspectionFlag = (typeof inspectionFlags)[number];

/** Everything a row in the queue may be marked with. */
export const flags = [...inspectionFlags, 'suspected', 'escalated', 'duplicate', 'own'] as const;
export type Flag = (typeof flags)[number];

/** The flags of an inspection; with a null licence, those for which the licence chosen does not matter. */
export function flagsOf(inspection: Inspection, license: License | null): InspectionFlag[] {
  const { findings } = inspection;
  const high = findings.filter(({ severity }) => severity === 'high');
  const raised: Record<InspectionFlag, boolean> = {
    secret: blocking(findings).length > 0,
    declared_false: high.some(({ declared_false }) => declared_false),
    personal: high.length < findings.length,
    contradiction: contradictions(inspection, license).length > 0,
    declaration_problem: inspection.declaration_problem !== null,
    unrecognised: !isRecognised(inspection),
  };
  return inspectionFlags.filter((flag) => raised[flag]);
}
