/** Lines a change added and took away, as a gist's history counts them. */
export interface LineChanges {
  additions: number;
  deletions: number;
}

const newline = 0x0a;

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === newline) lines += 1;
  return bytes.length > 0 && bytes.at(-1) !== newline ? lines + 1 : lines;
}

/**
 * Lines added and deleted between two contents; undefined stands for a file that is not there. Lines are
 * compared as a bag, not in order, so a moved line counts as no change.
 */
export function lineChanges(before: Buffer | undefined, after: Buffer | undefined): LineChanges {
  if (!before || !after) {
    return { additions: after ? countLines(after) : 0, deletions: before ? countLines(before) : 0 };
  }
  const remaining = new Map<string, number>();
  for (const line of before.toString('latin1').split('\n')) {
    remaining.set(line, (remaining.get(line) ?? 0) + 1);
  }
  let additions = 0;
  for (const line of after.toString('latin1').split('\n')) {
    const left = remaining.get(line) ?? 0;
    if (left > 0) remaining.set(line, left - 1);
    else additions += 1;
  }
  const deletions = [...remaining.values()].reduce((sum, left) => sum + left, 0);
  return { additions, deletions };
}
