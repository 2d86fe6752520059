import type { Difference } from './compare.ts';

/** Why we answer otherwise than a truth computed by another program, where we do so on purpose. Null: we know no reason. */
export function explain({ column, truth, ours }: Difference): string | null {
  if (column === 'version' && /^(?:format v|protocol |ATIF-|\d+$)/.test(truth)) {
    return 'the truth names the version of the file format, not the agent’s';
  }
  if (column === 'tool_names' && ours.startsWith(truth)) return 'the truth’s cell is cut off';
  return null;
}
