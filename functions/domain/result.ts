import type { RefusalCode, RefusalDetails } from './refusal.ts';

/** A refusal is a value: a stable code, and the facts its sentence needs. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  details: RefusalDetails;
}

/** What a rule answers: a value, or why not. Only surprises are thrown. */
export type Result<T> = { ok: true; value: T } | Refusal;

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, details: RefusalDetails = {}): Refusal {
  return { ok: false, code, details };
}
