/** Bytes that are looked at to tell how a file is written. */
export const encodingSample = 4096;

/**
 * How a file that begins like this is written: UTF-16, as PowerShell redirects output, or UTF-8. A mark alone says
 * nothing, because then two bytes before a text would hide it: some letter must be written in two bytes, too, and
 * without the mark most of them.
 */
export function encodingOf(beginning: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = beginning;
  const end = Math.min(encodingSample, beginning.length - (beginning.length % 2));
  let little = 0;
  let big = 0;
  for (let i = 0; i < end; i += 2) {
    const [a, b] = [beginning[i], beginning[i + 1]];
    if (a !== 0 && b === 0) little += 1;
    if (a === 0 && b !== 0) big += 1;
  }
  if (first === 0xff && second === 0xfe && little > 0) return 'utf-16le';
  if (first === 0xfe && second === 0xff && big > 0) return 'utf-16be';
  if (little > end / 4 && big === 0) return 'utf-16le';
  if (big > end / 4 && little === 0) return 'utf-16be';
  return 'utf-8';
}
