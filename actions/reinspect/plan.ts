import { isDeepStrictEqual } from 'node:util';
import { blocking } from '#domain/finding.ts';
import { inspectedFields, scanVerdict } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { Submission } from '#domain/move.ts';
import type { Shown } from '#inspect/withheld.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';

/** An inspection just made. */
export interface MadeInspection {
  gistId: string;
  revision: string;
  inspectedAt: Date;
  inspection: Inspection;
  /** What the row has to show instead of what it does; null: as it is. */
  shown: Shown | null;
}

/** What becomes of it. */
export type Plan =
  /** It is written, and with `suspect` or `update` the row makes that move. */
  | { kind: 'kept' | 'suspect' | 'update'; record: InspectionRecord }
  /** The row went elsewhere meanwhile: nothing is written. */
  | { kind: 'outdated' };

/** What an inspection by the rules of today means for a row that was inspected `before`, or never. */
export function planFor(made: MadeInspection, row: Submission | null, before: InspectionRecord | null): Plan {
  const waits = row?.state === 'pending' || row?.state === 'changed';
  if (!row || row.revision !== made.revision || !(waits || row.state === 'approved'))
    return { kind: 'outdated' };
  // Who approved has seen what was found then, and nothing that is found only now.
  const seen = before?.scan === 'reviewed' ? before.inspection.findings : null;
  const { shown, ...inspected } = made;
  const record = { ...inspected, scan: scanVerdict(made.inspection, seen) };
  if (waits) return { kind: 'kept', record };
  if (blocking(made.inspection.findings).length > 0) return { kind: 'suspect', record };
  const listed = row.presence === 'listed';
  return { kind: listed && (shown !== null || tellsAnother(record, before)) ? 'update' : 'kept', record };
}

/** Does the dataset's row say something else than before? The ruleset's version alone is nothing to tell. */
function tellsAnother(record: InspectionRecord, before: InspectionRecord | null): boolean {
  const told = ({ inspection, scan }: InspectionRecord) => ({
    ...inspectedFields(inspection),
    scanner_version: null,
    scan,
  });
  return before === null || !isDeepStrictEqual(told(record), told(before));
}
