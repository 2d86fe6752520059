import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../testing.ts';
import type { Host } from './host.ts';
import { gistPath, revision, writeSnapshot } from './snapshot.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the site from an export that lists the session at the host. */
export async function buildSite(session: string, folder: string, host: Host): Promise<void> {
  const body = await readFile(session);
  const git_blob_sha = createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex');
  const history = [{ version: revision }];
  host.put('/session.jsonl', 'text/plain', body);
  host.put(gistPath, 'application/json', Buffer.from(JSON.stringify({ public: true, history })));
  const raw_url = `${host.origin}/session.jsonl`;
  await writeSnapshot(folder, { name: 'session.jsonl', bytes: body.length, git_blob_sha, raw_url });
  const env = { DATASET_OUTPUT_DIR: folder, GITHUB_API_URL: host.origin, SITE_URL: 'http://127.0.0.1:4321' };
  await runProgram('build', [], { cwd: root, env });
}

/** Takes the built site away again, lest somebody starts it. */
export async function dropSite(): Promise<void> {
  await rm(join(root, 'dist'), { recursive: true, force: true });
}
