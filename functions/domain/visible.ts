/**
 * Somebody else's text as a terminal may have it: what would move its cursor, change its colours or turn text around is
 * shown as a replacement character. Line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, '\ufffd');
}
