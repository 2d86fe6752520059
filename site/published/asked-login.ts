/** Letters, digits and hyphens; managed accounts end in `_` and a company's short name. */
const login = /^[a-z\d](?:[a-z\d-]|_(?=[a-z\d])){0,38}$/i;
const maxLength = 200;

/**
 * The GitHub login that somebody means: written with or without @, or as the address of its page at GitHub. Null when it
 * is none.
 */
export function askedLogin(text: string): string | null {
  if (text.length > maxLength) return null;
  const plain = text
    .trim()
    .replace(/^(?:https?:\/\/)?(?:www\.|gist\.)?github\.com\//i, '')
    .replace(/^@/, '')
    .replace(/\/$/, '');
  return login.test(plain) ? plain : null;
}
