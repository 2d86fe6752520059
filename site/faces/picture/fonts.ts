import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A font as satori takes it. */
export interface Font {
  name: string;
  data: Buffer;
}

/** Parts of a font are fonts of their own to satori; it takes the first that has a letter. */
const parts = {
  serif: [
    '@fontsource/charis-sil/files/charis-sil-latin-400-normal.woff',
    '@fontsource/charis-sil/files/charis-sil-latin-ext-400-normal.woff',
    '@fontsource/charis-sil/files/charis-sil-vietnamese-400-normal.woff',
    '@fontsource/charis-sil/files/charis-sil-cyrillic-400-normal.woff',
    '@fontsource/charis-sil/files/charis-sil-cyrillic-ext-400-normal.woff',
  ],
  mono: [
    '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff',
    '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-ext-400-normal.woff',
    '@fontsource/ibm-plex-mono/files/ibm-plex-mono-cyrillic-400-normal.woff',
  ],
};

const names = (family: keyof typeof parts) => parts[family].map((_, index) => `${family}-${index}`);

/** What to write as `font-family`: of letters that one of them lacks, the next may have them. */
export const serif = [...names('serif'), ...names('mono')].join(', ');
export const mono = [...names('mono'), ...names('serif')].join(', ');

let loaded: Promise<Font[]> | null = null;

/** The fonts of pictures, which come with the packages: no font of the system is looked at. Read once. */
export function fonts(): Promise<Font[]> {
  const { resolve } = createRequire(import.meta.url);
  const all = (['serif', 'mono'] as const).flatMap((family) =>
    parts[family].map((file, index) => ({ name: `${family}-${index}`, file })),
  );
  loaded ??= Promise.all(all.map(async ({ name, file }) => ({ name, data: await readFile(resolve(file)) })));
  return loaded;
}
