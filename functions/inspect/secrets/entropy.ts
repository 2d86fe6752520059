/** Shannon entropy of a text's characters, in bits a character (0 for an empty text). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * Whether a text of at least 16 characters looks drawn at random rather than written: enough entropy, digits and
 * letters, and a change between lower case, upper case and digit more often than names in code have.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 16 || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  const sample = text.slice(0, 200);
  return entropy(sample) >= 3 && changes(sample) / sample.length >= 0.2;
}

/** How often a letter meets a digit, or a lower-case letter an upper-case one. */
function changes(text: string): number {
  return text.match(/[a-z](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
}
