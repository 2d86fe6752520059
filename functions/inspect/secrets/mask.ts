/** At most 4 leading characters of a value, never more than a quarter of it, and `…`. */
export function mask(value: string): string {
  const shown = Math.min(4, Math.floor(value.length / 4));
  return `${value.slice(0, shown).replace(/[^\x21-\x7e]/g, '·')}…`;
}
