import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ownerSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  /** The password of the wire server: connects this folder's processes only, to this folder's database only. */
  token: z.string().min(1),
});

export type Owner = z.infer<typeof ownerSchema>;

/**
 * Who serves the embedded database of a data folder. The owner may have died since: only connecting tells.
 * Undefined without a file, or with a garbled one.
 */
export function readOwner(dataDir: string): Owner | undefined {
  const owner = ownerSchema.safeParse(readJson(join(dataDir, 'owner.json')));
  return owner.success ? owner.data : undefined;
}

export function writeOwner(dataDir: string, owner: Owner): void {
  const file = join(dataDir, 'owner.json');
  const draft = `${file}.${process.pid}`;
  // The token opens the database, so nobody else on the machine may read it.
  writeFileSync(draft, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export function removeOwner(dataDir: string): void {
  rmSync(join(dataDir, 'owner.json'), { force: true });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
