import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** The licences of packages, one after another, as text. Throws JobFailure for a package that comes without one. */
export async function licensesOf(folders: readonly string[]): Promise<string> {
  const parts = await Promise.all(folders.map(licenseOf));
  return `This package holds code of these packages, each under its own licence.\n${parts.join('')}`;
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = manifest.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const file = (await readdir(folder))
    .sort()
    .find((each) => /^(?:licen[cs]e|copying)(?:\.\w+)?$/i.test(each));
  if (file === undefined) {
    throw new JobFailure(`${name} comes without the text of its licence. Do without it, or find the text.`);
  }
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
  return `\n${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
