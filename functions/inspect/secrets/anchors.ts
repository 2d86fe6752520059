/**
 * Searches many literal texts at once in `[from, to)` of a text given as Latin-1 bytes; `report` gets the place where an
 * anchor begins and its index.
 */
export type AnchorSearch = (
  bytes: Uint8Array,
  from: number,
  to: number,
  report: (position: number, anchor: number) => void,
) => void;

const classes = 64;
const trigrams = classes * classes * classes;
/** Marks a character that is an anchor by itself. */
const single = 64;

/**
 * Prepares a search for anchors, in any case: of ASCII, one character or at least 3. One pass over the bytes, whatever
 * the number of anchors: at each place the last three characters are looked up in a table of the trigrams that stand
 * for the anchors.
 */
export function openAnchorSearch(anchors: readonly string[]): AnchorSearch {
  const fold = foldTable(anchors);
  const folded = anchors.map((anchor) =>
    Uint8Array.from(anchor, (letter) => (fold[letter.charCodeAt(0)] ?? 0) % classes),
  );
  const pivots = anchors.map(pivotOf);
  const singles = new Int16Array(256).fill(-1);
  // Asked first: a bit a trigram stays in the processor's nearest cache, the table of slots does not.
  const stands = new Uint8Array(trigrams / 8);
  /** For each trigram 0, or the place in `sharing` of the anchors it stands for. */
  const slots = new Uint16Array(trigrams);
  const sharing: number[][] = [[]];
  folded.forEach((letters, index) => {
    if (letters.length === 1) {
      singles[anchors[index]?.charCodeAt(0) ?? 0] = index;
      return;
    }
    const [one = 0, two = 0, three = 0] = letters.subarray(pivots[index]);
    const trigram = (one * classes + two) * classes + three;
    stands[trigram >> 3] = (stands[trigram >> 3] as number) | (1 << (trigram & 7));
    slots[trigram] ||= sharing.push([]) - 1;
    sharing[slots[trigram] as number]?.push(index);
  });

  return (bytes, from, to, report) => {
    for (let at = nextPlace(bytes, from, to); at < to; at = nextPlace(bytes, at + 1, to)) {
      if ((fold[bytes[at] as number] as number) >= single) report(at, singles[bytes[at] as number] as number);
      if (at >= from + 2) {
        for (const anchor of sharing[slots[trigramAt(bytes, at, fold)] as number] as number[]) {
          const start = at - 2 - (pivots[anchor] as number);
          if (start >= from && holds(bytes, start, to, folded[anchor] as Uint8Array)) report(start, anchor);
        }
      }
    }
  };

  /** The next place where a single anchor stands or a trigram of one ends; `to` when there is none. */
  function nextPlace(bytes: Uint8Array, from: number, to: number): number {
    return nextMarked(bytes, from, to, fold, stands);
  }

  function holds(bytes: Uint8Array, start: number, to: number, wanted: Uint8Array): boolean {
    if (start + wanted.length > to) return false;
    for (let same = 0; same < wanted.length; same++) {
      if (((fold[bytes[start + same] as number] as number) & (classes - 1)) !== wanted[same]) return false;
    }
    return true;
  }
}

/** The hot loop: a function of its own, that calls nothing and is given its tables, runs twice as fast. */
function nextMarked(
  bytes: Uint8Array,
  from: number,
  to: number,
  fold: Uint8Array,
  stands: Uint8Array,
): number {
  let trigram = from < 2 ? 0 : trigramAt(bytes, from - 1, fold);
  for (let at = from; at < to; at++) {
    const letter = fold[bytes[at] as number] as number;
    trigram = ((trigram << 6) | (letter & 63)) & 0x3ffff;
    if (letter >= single || ((stands[trigram >> 3] as number) & (1 << (trigram & 7))) !== 0) return at;
  }
  return to;
}

/** The trigram that ends at a place. */
function trigramAt(bytes: Uint8Array, at: number, fold: Uint8Array): number {
  let trigram = 0;
  for (let index = Math.max(0, at - 2); index <= at; index++) {
    trigram = (trigram << 6) | ((fold[bytes[index] as number] as number) & 63);
  }
  return trigram;
}

/** Gives each character that an anchor uses a class of its own, the same for both cases of a letter; 0 to all others. */
function foldTable(anchors: readonly string[]): Uint8Array {
  const used = [...new Set(anchors.join('').toLowerCase())];
  if (used.length >= classes)
    throw new Error(`anchors use ${used.length} characters, at most ${classes - 1} fit`);
  const table = new Uint8Array(256);
  used.forEach((letter, index) => {
    const mark = anchors.includes(letter) ? single : 0;
    table[letter.charCodeAt(0)] = index + 1 + mark;
    table[letter.toUpperCase().charCodeAt(0)] = index + 1 + mark;
  });
  return table;
}

const byFrequency = 'etaoinsrhldcumfpgwybvkxjqz';

/** Where the three characters begin that are the least likely in other text: those with rare letters and signs. */
function pivotOf(anchor: string): number {
  const rarity = (letter: string) => (byFrequency.includes(letter) ? byFrequency.indexOf(letter) : 30);
  const score = (at: number) =>
    [...new Set(anchor.toLowerCase().slice(at, at + 3))].reduce((sum, letter) => sum + rarity(letter), 0);
  let best = 0;
  for (let at = 1; at + 3 <= anchor.length; at++) if (score(at) > score(best)) best = at;
  return best;
}
