/** What somebody has to look at. Each has its row in the table of docs/operations.md. */
export const alertKeys = [
  'site',
  'database',
  'certificate',
  'published',
  'removals',
  'recheck',
  'snapshot',
  'changes',
  'queue',
  'backup',
  'workflow',
] as const;
type AlertKey = (typeof alertKeys)[number];

export interface Alert {
  key: AlertKey;
  /** What is wrong, for people. Holds nothing but addresses of our own and times. */
  sentence: string;
}
