const maxLength = 100;
const plain = /^[A-Za-z0-9_[][\w.:/@+()[\]# -]*$/;
const maxWords = 4;

/**
 * The name of a model, a tool, an agent or a version, out of a session file: at most 100 characters of those such names
 * are made of. Undefined for anything else, because no free text of a session may get into a row by this way.
 */
export function plainName(text: string): string | undefined {
  return text.length <= maxLength && plain.test(text) && text.split(' ').length <= maxWords
    ? text
    : undefined;
}

/** What sanitisers write in the place of an id, such as `[cut for a test]`. */
const placeholder = /^\[[a-z]{1,20}(?: [a-z]{1,20}){0,3}\]$/;

/** The id of a session, as `plainName`; one with a space in it is words, unless it is a placeholder. */
export function plainId(text: string): string | undefined {
  return text.includes(' ') && !placeholder.test(text) ? undefined : plainName(text);
}
