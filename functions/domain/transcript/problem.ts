/** What is wrong with a file, for people: read on where possible, always said. */
export const problems = {
  empty: 'The file is empty.',
  binary: 'The file is not text.',
  invalid_line: 'Not valid JSON; the line was left out.',
  mostly_invalid:
    'More than 10,000 lines are not valid JSON; the rest was searched for secrets, but not read.',
  cut_off: 'The file ends in the middle of a JSON value; what was complete was read.',
  line_too_long: 'A line is longer than 32 million characters; it was searched for secrets, but not read.',
  document_too_long: 'One JSON value over 32 million characters; it was searched for secrets, but not read.',
  invalid_utf8: 'Bytes that are not UTF-8 were replaced.',
} as const;
export type ProblemCode = keyof typeof problems;

export interface Problem {
  code: ProblemCode;
  /** Line where it was met first, from 1. */
  line: number;
  /** How often it was met. */
  count: number;
}

/** Counts problems by code. */
export function problemList(): { note: (code: ProblemCode, line: number) => void; list: () => Problem[] } {
  const found = new Map<ProblemCode, Problem>();
  return {
    note(code, line) {
      const known = found.get(code);
      if (known) known.count += 1;
      else found.set(code, { code, line, count: 1 });
    },
    list: () => [...found.values()],
  };
}
