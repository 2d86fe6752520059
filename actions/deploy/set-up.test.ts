import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'docs', 'deploy', 'set-up.sh');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-set-up-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What its function `fill` makes of these settings, and the arguments of every program that it started for that. */
async function filled(settings: string): Promise<{ lines: string[]; seen: string }> {
  const [fill] = /^fill\(\) \{\n.*?^\}\n/ms.exec(await readFile(script, 'utf8')) ?? [];
  await writeFile(join(folder, 'settings'), settings);
  await writeFile(join(folder, 'seen'), '');
  for (const program of ['sed', 'awk', 'grep', 'od', 'tr']) {
    const real = execFileSync('bash', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    await writeFile(
      join(folder, program),
      `#!/bin/bash\nprintf '%s\\n' "$@" >> ${folder}/seen\nexec ${real} "$@"\n`,
    );
    await chmod(join(folder, program), 0o755);
  }
  const text = `set -euo pipefail
    settings=${folder}/settings
    read_setting() { echo 'an&old|secret'; }
    database_url() { echo 'postgres://site:pass&word@127.0.0.1/x'; }
    ${fill}
    fill`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const lines = execFileSync('bash', ['-c', text], { env, encoding: 'utf8' }).split('\n');
  return { lines, seen: await readFile(join(folder, 'seen'), 'utf8') };
}

test('what is empty is filled in, and what backups need is left out', async () => {
  const { lines } = await filled(
    'SITE_URL=https://a.test\nDATABASE_URL=\nSESSION_SECRET=\nBACKUP_RECIPIENT=age1\nAWS_DEFAULT_REGION=x\nHETZNER_S3_BUCKET=b\n',
  );
  expect(lines).toEqual([
    'SITE_URL=https://a.test',
    'DATABASE_URL=postgres://site:pass&word@127.0.0.1/x',
    'SESSION_SECRET=an&old|secret',
    '',
  ]);
});

test('what is set stays', async () => {
  const given = ['DATABASE_URL=postgres://elsewhere', 'SESSION_SECRET=mine', ''];
  expect((await filled(given.join('\n'))).lines).toEqual(given);
});

test('no secret is an argument, which every user of the machine can read', async () => {
  const { seen } = await filled('DATABASE_URL=\nSESSION_SECRET=\n');
  expect(seen).toContain('settings');
  expect(seen).not.toMatch(/pass&word|an&old/);
});

test('Caddy is told what to do by nobody but itself and root', async () => {
  const caddyfile = await readFile(join(script, '..', 'Caddyfile'), 'utf8');
  expect(caddyfile).toMatch(/^\tadmin unix\/\/var\/lib\/caddy\//m);
});
