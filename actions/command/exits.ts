const stopped = '130 or 143 stopped by a signal';

/** What exit codes mean, for --help: `left` is what 3 says of a command that has it. */
export function exitsOf(left?: string): string[] {
  const three = left === undefined ? [] : [`3 ${left}`];
  return ['0 done', '1 failed: the last line says why', '2 wrong flags', ...three, stopped];
}
