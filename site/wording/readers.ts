/** Who else has a submission open, in one sentence; empty where nobody has. Browsers say it, too. */
export function readersText(readers: readonly { login: string }[]): string {
  if (readers.length === 0) return '';
  const names = readers.map(({ login }) => login);
  const last = names.pop();
  return names.length === 0
    ? `${last} has this open now.`
    : `${names.join(', ')} and ${last} have this open now.`;
}
