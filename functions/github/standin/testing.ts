import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Standin, type StandinOptions, startStandin } from './server.ts';

/** A gists folder that is gone after the test. Files are named `<login>/<gist-name>/<file>`. */
export function temporaryGists(files: Record<string, string | Buffer>) {
  const dir = mkdtempSync(join(tmpdir(), 'standin-gists-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  const remove = (name: string) => rmSync(join(dir, name), { recursive: true });
  return { dir, write, remove };
}

/** Basic authorization of some OAuth app. */
export const asApp = { authorization: `Basic ${Buffer.from('app:secret').toString('base64')}` };

/** A stand-in on a free port, closed after the test. `get` asks it as the app would, unless told otherwise. */
export async function runningStandin(gistsDir: string, options: Partial<StandinOptions> = {}) {
  const standin: Standin = await startStandin({ port: 0, gistsDir, ...options });
  onTestFinished(() => standin.close());
  const get = (path: string, headers: Record<string, string> = asApp) =>
    fetch(standin.origin + path, { headers, redirect: 'manual' });
  const getJson = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).json();
  return { standin, get, getJson };
}

/** The path of an absolute address. */
export const pathOf = (address: string) => new URL(address).pathname;
