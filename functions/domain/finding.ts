import { z } from 'zod';

/** What a finding has for a file's name when it stands beside the files. */
export const besideFiles = { description: '(description)', fileNames: '(file names)' } as const;

/**
 * Something in a gist that should perhaps not be public: what and where, never the value.
 * `high` is a secret and blocks; `low` is personal data or a doubt, for people to judge.
 */
export const finding = z.object({
  /** The rule that found it. */
  detector: z.string(),
  /** A file's name, or one of `besideFiles`. */
  file: z.string(),
  /** From 1. */
  line: z.int().min(1),
  /** What it looks like, for people. */
  kind: z.string(),
  severity: z.enum(['high', 'low']),
  /** At most 4 leading characters. */
  masked: z.string(),
  /** sha256(detector, git blob sha, line, column), 64 hex digits: the same for the same place in the same bytes. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** The contributor says in openagentsessions.json that this is none. */
  declared_false: z.boolean(),
});
export type Finding = z.infer<typeof finding>;

/** What people call the place of a finding that is in no file; null for one that is. */
export function placeBeside({ file, line }: Pick<Finding, 'file' | 'line'>): string | null {
  if (file === besideFiles.description) return `the gist’s description, line ${line}`;
  return file === besideFiles.fileNames ? `the name of file ${line}` : null;
}

/** The findings that keep a gist out: secrets nobody declared to be none. */
export function blocking(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity, declared_false }) => severity === 'high' && !declared_false);
}
