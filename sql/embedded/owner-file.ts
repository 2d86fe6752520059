import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ownerSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  /** The password of the wire server: connects this folder's processes only, to this folder's database only. */
  token: z.string().min(1),
});
const extraSchema = z.object({ pid: z.int().positive(), extra: z.record(z.string(), z.string()) });

export type Owner = z.infer<typeof ownerSchema>;

/** What a process makes known to the others that use its data folder, such as the address of its GitHub stand-in. */
export type Extra = z.infer<typeof extraSchema>['extra'];

/**
 * Who serves the embedded database of a data folder, and what a living process made known there.
 * The owner may have died since: only connecting tells. Undefined without a file, or with a garbled one.
 */
export function readOwner(dataDir: string): (Owner & { extra: Extra }) | undefined {
  const owner = ownerSchema.safeParse(readJson(join(dataDir, 'owner.json')));
  return owner.success ? { ...owner.data, extra: readExtra(dataDir) } : undefined;
}

/** What a process that still lives made known in a data folder; empty when none did. */
function readExtra(dataDir: string): Extra {
  const known = extraSchema.safeParse(readJson(join(dataDir, 'extra.json')));
  return known.success && isAlive(known.data.pid) ? known.data.extra : {};
}

export function writeOwner(dataDir: string, owner: Owner): void {
  writeWhole(join(dataDir, 'owner.json'), owner);
}

export function removeOwner(dataDir: string): void {
  rmSync(join(dataDir, 'owner.json'), { force: true });
}

/** Makes `extra` known in a data folder until this process ends. It need not own the database. */
export function writeExtra(dataDir: string, extra: Extra): void {
  writeWhole(join(dataDir, 'extra.json'), { pid: process.pid, extra });
}

function writeWhole(file: string, content: object): void {
  const draft = `${file}.${process.pid}`;
  // The owner's token opens the database, so nobody else on the machine may read it.
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
