import type { Sample, TranscriptFormat } from './format.ts';
import type { ProblemCode } from './problem.ts';

/** Who takes a file's pieces. */
export interface PieceTaker {
  /** The file's beginning is known; answers in which pieces the rest should come, or null to hear no more of it. */
  begin(sample: Sample): TranscriptFormat['unit'] | null;
  take(piece: unknown, line: number): void;
  problem(code: ProblemCode, line: number): void;
}
