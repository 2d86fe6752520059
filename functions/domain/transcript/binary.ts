/** Whether a text holds what no text has, or a share of control and replacement characters that no text has. */
export function isBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const strange = text.match(/(?!\s)\p{Cc}|\ufffd/gu)?.length ?? 0;
  const terminalColours = text.split('\u001b').length - 1;
  return strange - terminalColours > text.length / 20;
}
