import { z } from 'zod';

/** What we need of a report of `vitest --reporter=json`. */
const report = z.object({
  numPassedTests: z.int().min(0),
  numFailedTests: z.int().min(0),
  numPendingTests: z.int().min(0),
  numTodoTests: z.int().min(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Adds up the tests of several reports, as one line. A file that broke before its first test counts as one that failed. */
export function totalsLine(texts: readonly string[]): string {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const text of texts) {
    const found = report.parse(JSON.parse(text));
    const broken = found.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    totals.passed += found.numPassedTests;
    totals.failed += found.numFailedTests + broken.length;
    totals.skipped += found.numPendingTests + found.numTodoTests;
  }
  return `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
}
