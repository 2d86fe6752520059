import type { Severity } from './hit.ts';
import { mask } from './mask.ts';
import type { Rule } from './rule.ts';

/** What was found in a text: `[start, end)` in UTF-16 units of that text. */
export interface Found {
  detector: string;
  kind: string;
  severity: Severity;
  /** Higher is more specific: of two in one place it is kept. */
  rank: number;
  start: number;
  end: number;
  masked: string;
  /** For telling distinct values apart; it never leaves the scan. */
  value: string;
}

/** A find with whether it was inside a base64 run, of which `[start, end)` is the place then. */
export interface FoundIn extends Found {
  wrapped: boolean;
}

/** Something that looks at a text near its anchors only. */
export interface Probe {
  /** Literal texts of at least 3 characters, looked for in any case; each find holds or neighbours one. */
  anchors: readonly string[];
  /** Sticky, tried on the raw text where an anchor begins: whether a closer look is worth it. */
  near?: RegExp | undefined;
  /** Characters before and after an anchor's beginning that a find can need, in the raw text. */
  reach: { before: number; after: number };
  find(text: string): Found[];
}

export function probeOf(rule: Rule): Probe {
  const { detector, kind, rank } = rule;
  return {
    anchors: rule.anchors,
    near: rule.near,
    reach: rule.reach,
    find: (text) => {
      const found: Found[] = [];
      for (const match of text.matchAll(rule.pattern)) {
        const value = match.groups?.value ?? match[1] ?? '';
        const [start, end] = match.indices?.groups?.value ?? match.indices?.[1] ?? [match.index, match.index];
        const severity = rule.judge({ value, match });
        if (severity !== null)
          found.push({ detector, kind, severity, rank, start, end, masked: mask(value), value });
      }
      return found;
    },
  };
}
