import { expect, test } from 'vitest';
import { totalsLine } from './run.ts';

function report(passed: number, failed: number, pending = 0, todo = 0, broken = 0): string {
  const files = Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] }));
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
    testResults: [{ status: failed > 0 ? 'failed' : 'passed', assertionResults: [{}] }, ...files],
  });
}

test('two runs are added up', () => {
  expect(totalsLine([report(300, 0, 20), report(319, 1, 0, 1)])).toBe('619 passed, 1 failed, 21 skipped');
});

test('a file that did not load counts as a failure', () => {
  expect(totalsLine([report(3, 0, 0, 0, 2)])).toBe('3 passed, 2 failed, 0 skipped');
});

test('what is no report is refused', () => {
  expect(() => totalsLine(['{}'])).toThrow();
  expect(() => totalsLine([''])).toThrow();
});
