import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { derivedOf } from '#domain/combine.ts';
import { inspectFile } from '#inspect/inspect-file.ts';
import { type Comparison, compareCells } from './compare.ts';
import { isExpected } from './expected.ts';
import { type RoundTrip, roundTrips } from './round-trip.ts';
import { readTruth } from './truth.ts';

export interface Accuracy {
  /** How many files expected to be one thing were taken for another: expected → answered → files. */
  confusion: Map<string, Map<string, number>>;
  files: number;
  filesRight: number;
  realFiles: number;
  realFilesRight: number;
  /** Files that hold no session, taken for one. */
  falseSessions: string[];
  cells: Comparison[];
  /** Findings that would block, by file. */
  blocking: { path: string; findings: string[] }[];
  /** What became of the files in each format that sessions are handed on in. */
  roundTrips: RoundTrip[];
}

/** Inspects every file of a corpus and compares what comes out with what is true. `show` is told of each file. */
export async function run(corpus: string, show: (path: string) => void): Promise<Accuracy> {
  const accuracy: Accuracy = {
    confusion: new Map(),
    files: 0,
    filesRight: 0,
    realFiles: 0,
    realFilesRight: 0,
    falseSessions: [],
    cells: [],
    blocking: [],
    roundTrips: [],
  };
  const truth = await readTruth(corpus);
  for (const row of truth) {
    show(row.path);
    const path = join(corpus, row.path);
    const { reading, hits } = await inspectFile(createReadStream(path), statSync(path).size);
    const ours = derivedOf(reading);
    const answer = ours.format === null ? 'none' : `${ours.agent ?? 'unknown agent'} (${ours.format})`;
    const answers = accuracy.confusion.get(row.expected) ?? new Map<string, number>();
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    accuracy.confusion.set(row.expected, answers);

    const right = isExpected(row.expected, ours.agent, ours.format) ? 1 : 0;
    accuracy.files += 1;
    accuracy.filesRight += right;
    if (row.provenance === 'real') {
      accuracy.realFiles += 1;
      accuracy.realFilesRight += right;
    }
    if (row.expected.startsWith('none') && right === 0) accuracy.falseSessions.push(row.path);
    if (!row.expected.startsWith('none') && !row.expected.startsWith('unknown')) {
      accuracy.cells.push(...compareCells(row, ours));
    }
    const high = hits.filter(({ severity }) => severity === 'high');
    if (high.length > 0) {
      const findings = high.map(({ kind, line, masked }) => `${kind} at line ${line} (${masked})`);
      accuracy.blocking.push({ path: row.path, findings });
    }
  }
  accuracy.roundTrips = await roundTrips(truth.map(({ path }) => join(corpus, path)));
  return accuracy;
}
