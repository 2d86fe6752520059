import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { freshDatabase, realServer } from '#sql/testing.ts';
import { parts } from './archive.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, 'docs/deploy', file), 'utf8');
const dockerfile = read('Dockerfile');
const compose = parse(read('compose.yaml'), { merge: true });

test('an image has what a release has, and its build is sent nothing else', () => {
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
  expect(copied.sort()).toEqual([...parts].sort());
  const sent = read('Dockerfile.dockerignore').trim().split('\n');
  expect(sent[0]).toBe('**');
  expect(sent.slice(1).sort()).toEqual(parts.map((part) => `!${part}`).sort());
});

test('what image and services start is there', () => {
  const commands = [
    JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '[]'),
    compose.services.migrate.command,
  ];
  for (const command of commands) {
    const files = command.filter((word: string) => /\.m?[jt]s$/.test(word));
    expect(files).toHaveLength(2);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  }
});

test('nothing but Caddy can be reached from outside, and it asks both processes', () => {
  const open = Object.entries<{ ports?: string[] }>(compose.services).filter(([, { ports }]) => ports);
  expect(open.map(([name]) => name)).toEqual(['caddy']);
  const asked = /reverse_proxy (.+) \{/.exec(read('compose.caddyfile'))?.[1]?.split(' ') ?? [];
  expect(asked).toEqual(['site-1:4321', 'site-2:4321']);
  for (const name of ['site-1', 'site-2', 'migrate']) {
    const { read_only, cap_drop, security_opt } = compose.services[name];
    expect([read_only, cap_drop, security_opt]).toEqual([true, ['ALL'], ['no-new-privileges:true']]);
  }
});

test('the site does not sign in as who owns the tables', () => {
  const { postgres, migrate } = compose.services;
  const owner = `postgres://${postgres.environment.POSTGRES_USER}:`;
  expect(migrate.environment.DATABASE_URL).toContain(owner);
  const told = /^#\s+DATABASE_URL=(.+)$/m.exec(read('compose.yaml'))?.[1];
  expect(told).toMatch(/^postgres:\/\/site:SITE_PASSWORD@/);
  for (const name of ['site-1', 'site-2']) expect(compose.services[name].environment).toBeUndefined();
  expect(postgres.volumes.map((volume: string) => volume.split(':')[0])).toEqual([
    'postgres',
    '../../sql/roles.sql',
    './compose.logins.sql',
  ]);
});

test.skipIf(!realServer)('the login that compose.yaml makes has the rights of the site', async () => {
  const fresh = await freshDatabase();
  const name = `site_${process.pid}`;
  const logins = read('compose.logins.sql').replace('create role site', `create role ${name}`);
  try {
    execFileSync('psql', ['--set=ON_ERROR_STOP=1', '--quiet', fresh.url], {
      input: logins,
      env: { ...process.env, SITE_PASSWORD: 'it-is-one' },
    });
    const { rows } = await fresh.db.query(
      `select rolsuper, pg_has_role(rolname, 'openagentsessions_site', 'member') as site from pg_roles where rolname = $1`,
      [name],
    );
    expect(rows).toEqual([{ rolsuper: false, site: true }]);
  } finally {
    await fresh.db.query(`drop role if exists ${name}`);
    await fresh.close();
  }
});
