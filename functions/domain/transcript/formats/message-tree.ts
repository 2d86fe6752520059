/**
 * Finds which message each message of a tree answers, where what names its parent are lines or entries, and not each of
 * them is a message: a tool's result, a change of the model, a part of an answer told over several lines.
 *
 * The answer is asked once an entry, in file order, with the entry's id, the id of the entry it follows, and the id of
 * the message it tells (undefined when it tells none); it is the id of the nearest message above.
 */
export function messageTree(): (
  entry: string | undefined,
  follows: string | undefined,
  message: string | undefined,
) => string | undefined {
  const messageAt = new Map<string, string>();
  const parents = new Map<string, string | undefined>();
  return (entry, follows, message) => {
    const above = follows === undefined ? undefined : messageAt.get(follows);
    const here = message ?? above;
    if (entry !== undefined && here !== undefined) messageAt.set(entry, here);
    if (message === undefined) return above;
    // The first line of a message tells what it answers; the others follow that line.
    if (!parents.has(message)) parents.set(message, above === message ? undefined : above);
    return parents.get(message);
  };
}
