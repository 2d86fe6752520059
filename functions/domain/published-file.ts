/** A file's name in a snapshot: nothing that leads to another folder, and that every system takes. */
const name = /^[A-Za-z0-9](?:[\w.-]{0,98}[\w-])?$/;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** There are about a dozen. */
const mostFiles = 100;

/**
 * The names of a snapshot's files, its manifest and sums included; null where one is no name for a file, where two are one on
 * some systems, or where there are more than a snapshot has.
 */
export function fileNames({ files }: { files: Readonly<Record<string, unknown>> }): string[] | null {
  const names = [...Object.keys(files), 'manifest.json', 'SHA256SUMS'];
  const apart = new Set(names.map((one) => one.toLowerCase()));
  if (names.length > mostFiles || apart.size < names.length) return null;
  return names.every((one) => name.test(one) && !device.test(one)) ? names : null;
}
