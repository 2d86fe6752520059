import { expect, test } from 'vitest';
import type { Submission } from '#domain/move.ts';
import type { State } from '#domain/submission.ts';
import { exampleDerived, exampleFinding, exampleInspection } from '#sql/testing-inspections.ts';
import { gistIdOf, revisionOf } from '#sql/testing-rows.ts';
import { planFor } from './plan.ts';

const secret = exampleFinding('e', { severity: 'high' });

function row(state: State, given: Partial<Submission> = {}): Submission {
  const listed = state === 'approved';
  return {
    gistId: gistIdOf(1),
    recordId: `github_gist:${gistIdOf(1)}`,
    accountId: '1',
    ownerId: '2',
    ownerLogin: 'ada',
    gistUrl: 'https://gist.github.com/ada/1',
    nodeId: 'G_1',
    title: 'Tides',
    files: [],
    totalBytes: 1,
    revision: revisionOf(1),
    approvedRevision: listed ? revisionOf(1) : null,
    approvedFiles: null,
    previousRevision: null,
    previousFiles: null,
    gistUpdatedAt: new Date(0),
    license: 'MIT',
    attestationVersion: '2026-11-22',
    state,
    availability: 'available',
    presence: listed ? 'listed' : 'never',
    quarantinedFrom: null,
    quarantinedAt: null,
    appealedRevision: null,
    objection: null,
    submittedAt: new Date(0),
    approvedAt: listed ? new Date(0) : null,
    verifiedAt: new Date(0),
    pushedAt: null,
    lostAt: null,
    lastSeq: 1,
    ...given,
  };
}

const before = exampleInspection(1);
const again = (given: Parameters<typeof exampleInspection>[1] = {}) => ({
  ...exampleInspection(1, { scanner_version: '2', ...given }),
  shown: null,
});

test.each([
  ['approved', again(), 'kept'],
  ['approved', again({ findings: [secret] }), 'suspect'],
  ['approved', again({ findings: [{ ...secret, declared_false: true }] }), 'update'],
  ['approved', again({ findings: [exampleFinding('a')] }), 'update'],
  ['approved', again({ derived: { ...exampleDerived, tool_calls: 4 } }), 'update'],
  ['pending', again({ findings: [secret] }), 'kept'],
  ['changed', again({ derived: { ...exampleDerived, tool_calls: 4 } }), 'kept'],
  ['withdrawn', again(), 'outdated'],
  ['removed', again(), 'outdated'],
  ['rejected', again(), 'outdated'],
  ['quarantined', again(), 'outdated'],
] as const)('%s row %#: %s', (state, made, kind) => {
  expect(planFor(made, row(state), before).kind).toBe(kind);
});

test('a row that has to show something else tells of it while it is listed', () => {
  const made = { ...again(), shown: { title: 'session.jsonl', files: [] } };
  expect(planFor(made, row('approved'), before).kind).toBe('update');
  expect(planFor(made, row('pending'), before).kind).toBe('kept');
});

test('a row that took another revision, or is gone, is left alone', () => {
  expect(planFor(again(), row('approved', { revision: 'f'.repeat(40) }), before).kind).toBe('outdated');
  expect(planFor(again(), null, null).kind).toBe('outdated');
});

test('a row never inspected before has something to tell; one that is not listed tells nothing', () => {
  expect(planFor(again(), row('approved'), null).kind).toBe('update');
  const suspended = row('approved', { availability: 'missing', presence: 'suspended' });
  expect(planFor(again(), suspended, null).kind).toBe('kept');
  expect(planFor(again({ findings: [secret] }), suspended, null).kind).toBe('suspect');
});

test('findings stay reviewed as long as there are no others', () => {
  const reviewed = exampleInspection(1, { findings: [exampleFinding('a')] }, 'reviewed');
  const scanOf = (...digits: string[]) => {
    const plan = planFor(
      again({ findings: digits.map((d) => exampleFinding(d)) }),
      row('approved'),
      reviewed,
    );
    return plan.kind === 'outdated' ? undefined : plan.record.scan;
  };
  expect([scanOf('a'), scanOf('a', 'b'), scanOf()]).toEqual(['reviewed', null, 'clean']);
});
