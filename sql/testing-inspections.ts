import type { Derived } from '#domain/derived.ts';
import type { Finding } from '#domain/finding.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { InspectionRecord } from './queries/inspection-row.ts';
import { gistIdOf, revisionOf } from './testing-rows.ts';

/** What was derived from a made-up session. */
export const exampleDerived: Derived = {
  agent: 'claude-code',
  agent_version: '2.1.34',
  format: 'claude-code',
  session_ids: ['7d0b2f5e-4c1a-4a55-9a57-0f6f3a1f2b10'],
  models: ['claude-sonnet-4-5-20250929'],
  started_at: '2026-03-04T09:12:06.000Z',
  ended_at: '2026-03-04T09:40:00',
  user_messages: 3,
  assistant_messages: 12,
  tool_calls: 0,
  tool_names: [],
  input_tokens: 5_000_000_000,
  output_tokens: null,
  languages: null,
  first_prompt_present: true,
  tool_calls_paired: null,
  truncated: false,
  has_thinking: true,
  has_subagents: false,
  redactions: 2,
  content_key: 'c'.repeat(64),
};

/** A mail address somewhere; `digit` makes it another one. */
export function exampleFinding(digit: string, given: Partial<Finding> = {}): Finding {
  return {
    detector: 'mail',
    file: 'session.jsonl',
    line: 1,
    kind: 'Mail address',
    severity: 'low',
    masked: 'ada@…',
    fingerprint: digit.repeat(64),
    declared_false: false,
    ...given,
  };
}

/** An inspection of the made-up gist with this number, as `listGists` has it. */
export function exampleInspection(
  number: number,
  given: Partial<Inspection> = {},
  scan: InspectionRecord['scan'] = 'clean',
): InspectionRecord {
  return {
    gistId: gistIdOf(number),
    revision: revisionOf(number),
    inspectedAt: new Date('2026-01-01T00:00:00Z'),
    scan,
    inspection: {
      scanner_version: '1+secretlint-1.2.3',
      formats_version: 'abcdef012345',
      files: [{ name: 'session.jsonl', bytes: number, counted: true, problems: [], ...exampleDerived }],
      derived: exampleDerived,
      findings: [],
      findings_omitted: 0,
      declared: { schema_version: '1.0.0', session: { topic: 'Tides' }, tags: ['tides', 'a "quoted" one'] },
      declaration_problem: null,
      ...given,
    },
  };
}
