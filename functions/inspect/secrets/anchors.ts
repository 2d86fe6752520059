/** Searches many literal texts at once; `report` gets each place and the index of the anchor found there. */
export type AnchorSearch = (
  text: string,
  from: number,
  to: number,
  report: (position: number, anchor: number) => void,
) => void;

const classes = 64;
const trigrams = classes * classes * classes;

/**
 * Prepares a search for anchors (each at least 3 characters of ASCII) in any case: the exact trigram of three folded
 * characters is looked up in a table at every position, in one pass over bytes whatever the number of anchors.
 */
export function openAnchorSearch(anchors: readonly string[]): AnchorSearch {
  const fold = foldTable(anchors);
  /** For each trigram 0, or the place in `sharing` of the anchors that begin with it. */
  const slots = new Uint16Array(trigrams);
  const sharing: number[][] = [[]];
  // Asked first: a bit a trigram stays in the processor's nearest cache, the table of slots does not.
  const begins = new Uint8Array(trigrams / 8);
  anchors.forEach((anchor, index) => {
    const trigram =
      ((fold[anchor.charCodeAt(0)] ?? 0) * classes + (fold[anchor.charCodeAt(1)] ?? 0)) * classes +
      (fold[anchor.charCodeAt(2)] ?? 0);
    begins[trigram >> 3] = (begins[trigram >> 3] as number) | (1 << (trigram & 7));
    slots[trigram] ||= sharing.push([]) - 1;
    sharing[slots[trigram] as number]?.push(index);
  });
  const folded = anchors.map((anchor) => Uint8Array.from(anchor, (letter) => fold[letter.charCodeAt(0)] ?? 0));
  let bytes = new Uint8Array(0);
  const holds = (wanted: Uint8Array, start: number, length: number) => {
    if (start < 0 || start + wanted.length > length) return false;
    let same = 3;
    while (same < wanted.length && fold[bytes[start + same] as number] === wanted[same]) same++;
    return same >= wanted.length;
  };

  return (text, from, to, report) => {
    const piece = text.slice(from, to);
    if (bytes.length < piece.length) bytes = new Uint8Array(piece.length + 1024);
    // Latin-1 keeps one byte a UTF-16 unit, so offsets stay; letters beyond it can only cause an idle look.
    const length = Buffer.from(bytes.buffer).write(piece, 'latin1');
    let trigram = 0;
    for (let at = 0; at < length; at++) {
      trigram = ((trigram << 6) | (fold[bytes[at] as number] as number)) & (trigrams - 1);
      if (((begins[trigram >> 3] as number) & (1 << (trigram & 7))) === 0) continue;
      const start = at - 2;
      const candidates = sharing[slots[trigram] as number] as number[];
      for (let index = 0; index < candidates.length; index++) {
        const anchor = candidates[index] as number;
        if (holds(folded[anchor] as Uint8Array, start, length)) report(from + start, anchor);
      }
    }
  };
}

/** Gives each character that an anchor uses a class of its own, the same for both cases of a letter; 0 to all others. */
function foldTable(anchors: readonly string[]): Uint8Array {
  const used = [...new Set(anchors.join('').toLowerCase())];
  if (used.length >= classes) throw new Error(`anchors use ${used.length} characters, at most ${classes - 1} fit`);
  const table = new Uint8Array(256);
  used.forEach((letter, index) => {
    table[letter.charCodeAt(0)] = index + 1;
    table[letter.toUpperCase().charCodeAt(0)] = index + 1;
  });
  return table;
}
