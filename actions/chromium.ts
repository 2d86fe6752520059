import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

const packed = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));
const cache = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));

/** A Chromium that needs nothing of the system but its C library. */
export interface Chromium {
  executable: string;
  /** Where its shared libraries and its fonts are. */
  env: Record<string, string>;
}

/**
 * The Chromium of the npm package @sparticuz/chromium, for x64 Linux. Unpacked once a version, 250 MB, below
 * node_modules; of several processes that unpack it at once, one wins and the others take its copy.
 */
export async function ownChromium(): Promise<Chromium> {
  const { version } = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8'));
  const folder = join(cache, version);
  if (!existsSync(folder)) await unpackAs(folder);
  return {
    executable: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function unpackAs(folder: string): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The browser tests bring a Chromium for x64 Linux; this is ${process.arch} ${process.platform}.`,
    );
  }
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    await Promise.all([
      pipeline(
        createReadStream(join(packed, 'bin/chromium.br')),
        createBrotliDecompress(),
        createWriteStream(join(unfinished, 'chromium'), { mode: 0o755 }),
      ),
      untar(join(packed, 'bin/al2023.tar.br'), unfinished),
      untar(join(packed, 'bin/fonts.tar.br'), unfinished),
    ]);
    await writeFile(join(unfinished, 'fonts.conf'), fontsConf);
    await chmod(unfinished, 0o755);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** By way of a file: tar stops reading at an archive's end mark, and what is still being written to a pipe then fails. */
async function untar(file: string, folder: string): Promise<void> {
  const archive = join(folder, basename(file, '.br'));
  await pipeline(createReadStream(file), createBrotliDecompress(), createWriteStream(archive));
  const tar = spawn('tar', ['-x', '-C', folder, '-f', archive], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(tar, 'close');
  if (code !== 0) throw new Error(`tar could not unpack ${file}.`);
  await rm(archive);
}

/** Only the package's own fonts, whatever the machine has, so that a page is laid out the same everywhere. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;
