/** Some readers end lines at these characters too, which JSON leaves as they are. */
const otherLineEnds = /[\u0085\u2028\u2029]/g;

/** A value as a line of NDJSON, with its LF. Throws a RangeError where it is nested too deep to be written. */
export function jsonLine(value: object): string {
  const json = JSON.stringify(value).replace(
    otherLineEnds,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}
