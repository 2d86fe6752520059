const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size for reading, in decimal units and at most three digits: 999 B, 1.23 MB, 45.6 kB. */
export function bytesText(bytes: number): string {
  // Rounded first, so that 999,999 B is 1.00 MB and not 1000 kB.
  const rounded = bytes < 1000 ? bytes : Number(bytes.toPrecision(3));
  const power = rounded < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(rounded) / 3));
  const value = rounded / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[power]}`;
}
