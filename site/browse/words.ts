/** A word counts as far as this, in characters. */
export const mostLetters = 64;

/**
 * The words of a text, as the index holds them and searches look for them: lower case, marks of letters left out, each
 * once. Where words are written without spaces between, each character is a word.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '');
  const found = plain.match(
    /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{N}]+?(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[^\p{L}\p{N}]|$)/gu,
  );
  return [...new Set((found ?? []).map(cut))];
}

/** Letters may be two UTF-16 units long: none is cut in half. */
const cut = (word: string): string =>
  word.length <= mostLetters ? word : [...word].slice(0, mostLetters).join('');

/** The words by which a session is found: those of its title, topic and tags. */
export function wordsOfSession(session: {
  title: string;
  topic: string | null;
  tags: readonly string[];
}): string[] {
  return wordsOf([session.title, session.topic ?? '', ...session.tags].join(' '));
}
