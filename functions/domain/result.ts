import type { FileChange } from './file-change.ts';
import type { Finding } from './finding.ts';
import type { RefusalCode, RefusalDetails } from './refusal.ts';
import type { Decided } from './refusal-words.ts';

/** A refusal is a value: a stable code, and the facts its sentence needs. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  details: RefusalDetails;
  /** The same facts for programs; each stands in place of the detail of its name, which is words for the sentence. */
  members?: {
    findings?: readonly Omit<Finding, 'declared_false'>[];
    /** Who decided before; for moderators alone. */
    decided?: Decided;
    changed?: readonly FileChange[];
  };
}

/** What a rule answers: a value, or why not. Only surprises are thrown. */
export type Result<T> = { ok: true; value: T } | Refusal;

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, details: RefusalDetails = {}): Refusal {
  return { ok: false, code, details };
}

/** Most findings a refusal lists; one has to go through them by hand. */
const maxListed = 100;

/** Refuses a gist at this revision for the findings that keep it out, of which there is one at least. */
export function refuseSecrets(
  gist: { gistId: string; revision: string },
  found: readonly Finding[],
): Refusal {
  const [first] = found;
  const details = {
    gist_id: gist.gistId,
    revision: gist.revision,
    count: found.length,
    file: first?.file ?? '',
    line: first?.line ?? 0,
    kind: first?.kind ?? '',
  };
  const findings = found.slice(0, maxListed).map(({ declared_false: _, ...finding }) => finding);
  return { ...refuse('secrets_found', details), members: { findings } };
}
