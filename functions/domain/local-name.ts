import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Longest name, in bytes of UTF-8: with a folder's path before it, it fits every system. */
const mostBytes = 120;
const hashDigits = 8;
/** Where somebody made two names for one hash, all of it tells them apart. */
const allDigits = 64;

/** What Windows refuses, what ends or hides a name, and what turns it around on a screen. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu;
/** https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i;
/** A name that looks as if it had been made here. */
const made = /~[0-9a-f]{8,}(?:\.[^.]*)?$/i;

/**
 * Names for a gist's files that are safe on Linux, macOS and Windows, by the names they have in the gist: no separators or
 * control characters, nothing a system reserves, at most 120 bytes, no two the same where case or Unicode's ways of
 * writing a letter do not count. A name that is safe stays; another gets a short hash of itself before its ending. What a
 * file is called does not depend on the order of the files. `names` are different from each other.
 */
export function localNames(names: readonly string[]): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  for (const name of names) times.set(folded(name), (times.get(folded(name)) ?? 0) + 1);
  const named = (digits: number) =>
    new Map(names.map((name) => [name, localName(name, times.get(folded(name)) !== 1, digits)]));
  const short = named(hashDigits);
  const different = new Set([...short.values()].map(folded));
  return different.size === short.size ? short : named(allDigits);
}

/** The same for names that some system takes for one. */
function folded(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

function localName(name: string, hasTwin: boolean, digits: number): string {
  const safe = withoutEdges(name.toWellFormed().replace(forbidden, '_'));
  const isSafe = safe === name && !device.test(name) && !made.test(name) && bytesOf(name) <= mostBytes;
  if (isSafe && !hasTwin) return name;
  const dot = safe.lastIndexOf('.');
  const ending = /^\.[A-Za-z0-9]{1,16}$/.test(safe.slice(dot)) && dot > 0 ? safe.slice(dot) : '';
  const stem = withoutEdges(safe.slice(0, safe.length - ending.length));
  const mark = `~${hashOf(name).slice(0, digits)}${ending}`;
  const start = device.test(`${stem}.`) ? `_${stem}` : stem;
  return cut(start, mostBytes - bytesOf(mark)) + mark;
}

/** Leading dots hide a file and lead upwards; Windows drops dots and spaces at the end. */
function withoutEdges(name: string): string {
  return name.replace(/^[.\s]+|[.\s]+$/g, '_');
}

/** The characters from the beginning that fit into so many bytes. */
function cut(text: string, most: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** As JSON, so that halves of characters, which UTF-8 has no bytes for, count too. */
const hashOf = (name: string) => bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(name))));
