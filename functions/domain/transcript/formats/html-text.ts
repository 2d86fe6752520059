const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};
const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi;
const lineEnd = /<br\s?\/?>|<\/(?:p|div|li|ul|ol|pre|h[1-6]|tr|blockquote)>/gi;

/** The text a piece of HTML shows: blocks end lines, tags go, character references are read. */
export function htmlText(html: string): string {
  const plain = html.replace(lineEnd, '\n').replace(/<[^<>]*>/g, '');
  return readReferences(plain)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Text with the common character references read: `&lt;` is `<`. Others stay as they are. */
export function readReferences(text: string): string {
  return text.replace(entity, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] as string) : whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
