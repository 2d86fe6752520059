import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { onTestFinished } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '#sql/testing.ts';
import type { Place } from '../bucket/testing.ts';

/** Who can read a test's backups. */
export interface Keeper {
  recipient: string;
  identity: string;
  /** The identity as age-keygen writes it. */
  identityFile: string;
  /** An empty folder, with that file in it. */
  folder: string;
}

export async function newKeeper(): Promise<Keeper> {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-keeper-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const identityFile = join(folder, 'identity.txt');
  writeFileSync(identityFile, `# created: 2026-11-22T06:00:00Z\n# public key: ${recipient}\n${identity}\n`);
  return { recipient, identity, identityFile, folder };
}

/** Lets programs keep backups there: in the bucket, as a private one, or in the folder. */
export function backupSettings({ access, flags }: Place): { env: Record<string, string>; flags: string[] } {
  if (access === null) return { env: {}, flags: ['--place', ...flags.slice(1)] };
  return {
    env: {
      HETZNER_S3_ENDPOINT: access.endpoint,
      BACKUP_S3_BUCKET: access.name,
      BACKUP_AWS_ACCESS_KEY_ID: access.accessKeyId,
      BACKUP_AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
    flags: [],
  };
}

/** An empty database of an owner who may do nothing else on its server, as an operator makes one. */
export async function emptyOwned(): Promise<{ fresh: FreshDatabase; url: string }> {
  const fresh = await emptyDatabase();
  const owner = `owner_${randomBytes(8).toString('hex')}`;
  const url = new URL(fresh.url);
  const database = url.pathname.slice(1);
  await fresh.db.query(`create role ${owner} login; alter database ${database} owner to ${owner}`);
  onTestFinished(async () => {
    await fresh.db.query(
      `reassign owned by ${owner} to current_user; drop owned by ${owner}; drop role ${owner}`,
    );
    await fresh.close();
  });
  url.username = owner;
  return { fresh, url: url.href };
}
