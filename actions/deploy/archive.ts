import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';

/** What `npm start` needs. */
const parts = ['package.json', 'package-lock.json', 'actions', 'functions', 'sql', 'dist', 'node_modules'];
const packageFile = z.object({ devDependencies: z.record(z.string(), z.string()).default({}) });

export interface Archive {
  file: string;
  bytes: number;
  sha256: string;
}

/** Packs what `npm start` needs of the folder `root` into `file`. Throws JobFailure when it is not ready for that. */
export async function packRelease(root: string, file: string): Promise<Archive> {
  const missing = [...parts, 'dist/server/entry.mjs'].find((part) => !existsSync(join(root, part)));
  if (missing !== undefined) {
    throw new JobFailure(
      `There is no ${missing}. Run npm ci --omit=dev --ignore-scripts and npm run build first.`,
    );
  }
  const { devDependencies } = packageFile.parse(
    JSON.parse(await readFile(join(root, 'package.json'), 'utf8')),
  );
  const spare = Object.keys(devDependencies).find((name) => existsSync(join(root, 'node_modules', name)));
  if (spare !== undefined) {
    throw new JobFailure(
      `node_modules holds ${spare}, which the site does not need. Run npm ci --omit=dev --ignore-scripts first.`,
    );
  }
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const tar = spawn('tar', ['--create', '--gzip', '--file', file, ...owner, '--directory', root, ...parts], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  tar.stderr.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  const [code] = await once(tar, 'close');
  if (code !== 0) throw new JobFailure(`tar could not pack the site: ${printed.trim().split('\n').at(-1)}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { file, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}
