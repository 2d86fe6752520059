import { type MonthStanding, standing } from '#domain/standing.ts';

/** The text of `standing.json`: a month a line, so that what changed between two snapshots can be seen. */
export function standingText(logSeq: number, months: readonly MonthStanding[]): string {
  const whole = standing.parse({ log_seq: logSeq, months });
  const lines = whole.months.map((month) => `    ${JSON.stringify(month)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "log_seq": ${whole.log_seq},\n  "months": ${list}\n}\n`;
}
