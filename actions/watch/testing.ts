import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const hour = 3_600_000;

/** A site and a bucket that are well, and can be told not to be. What a path answers is in `answers`. */
export async function wellWorld(now: Date) {
  const ago = (hours: number) => new Date(now.getTime() - hours * hour).toISOString();
  const vital = (hours: number) => ({ state: 'well', since: ago(hours), late_after_hours: 12 });
  const vitals = {
    recheck: vital(2),
    snapshot: vital(5),
    changes: vital(1),
    queue: vital(3),
    backup: vital(9),
  };
  const id = '2026-11-30T05-41-00-000Z';
  const file = { sha256: 'a'.repeat(64), bytes: 1 };
  const manifest = {
    schema_version: '1.3.0',
    generated_at: '2026-11-30T05:41:00.000Z',
    record_count: 1,
    latest_dir: 'latest',
    snapshot_dir: `snapshots/${id}`,
    snapshot_id: id,
    previous_snapshot: null,
    log_seq: 2,
    verified_from: null,
    verified_to: null,
    changes: {},
    files: { 'submissions.ndjson': file, 'urls.txt': file, 'removed.ndjson': file },
  };
  const status = {
    schema_version: '1.0.0',
    generated_at: ago(1),
    snapshot_id: id,
    log_seq: 2,
    counts: { listed: 1, suspended: 0, departed: 0 },
    last_recheck: null,
    removed: { sha256: 'a'.repeat(64), bytes: 0, lines: 0 },
  };
  const answers = new Map<string, { status?: number; body: string | object }>([
    ['/api/health/ready', { body: { ok: true } }],
    ['/', { body: '<!doctype html><html lang="en"></html>' }],
    ['/api/status', { body: { at: now.toISOString(), vitals } }],
    ['/latest/manifest.json', { body: manifest }],
    ['/latest/status.json', { body: status }],
  ]);
  const asked: string[] = [];
  const address = await listening(
    createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const { status = 200, body } = answers.get(path) ?? { status: 404, body: 'none' };
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    }),
    'http',
  );
  return { address, answers, asked, vitals, manifest, status, ago };
}

/** A server over TLS with a certificate that is good for `days` from now, for 127.0.0.1 alone. `ca` trusts it. */
export async function overTls(days: number, listener: RequestListener) {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const named = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...made, '-keyout', key, '-out', certificate, '-days', String(days), ...named], {
    stdio: 'ignore',
  });
  const ca = readFileSync(certificate, 'utf8');
  return {
    address: await listening(createTlsServer({ key: readFileSync(key), cert: ca }, listener), 'https'),
    ca,
  };
}

async function listening(server: Server & { closeAllConnections(): void }, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
