import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { JobFailure } from '../../failure.ts';
import type { Host } from './host.ts';
import type { Viewer } from './look.ts';
import { sessionPath } from './snapshot.ts';

/** Our viewer, on the page of the session. */
export function ours(origin: string): Viewer {
  return {
    address: origin + sessionPath,
    file: '/session.jsonl',
    first: '.feed [data-kind=prompt]',
    whole: '.feed .verified',
    scroller: null,
    find: { field: '.find input', key: '/', answer: '.find output' },
  };
}

/** pi's own export, made now by its command line. Its search leaves in a table of all entries those with the words. */
export async function piExport(pi: string, session: string, folder: string, host: Host) {
  const html = join(folder, 'pi.html');
  const program = resolve(pi);
  if (!existsSync(program))
    throw new JobFailure(`There is no ${pi}. Unpack pi's package and name its dist/bundle/cli.js.`);
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], { env: { HOME: folder }, cwd: folder });
  const { stdout } = await run('--version');
  await run('--export', session, html);
  host.put('/pi.html', 'text/html', await readFile(html));
  const viewer: Viewer = {
    address: `${host.origin}/pi.html`,
    file: '/pi.html',
    first: '#messages .user-message',
    whole: '#messages .user-message',
    scroller: '#content',
    find: { field: '#tree-search', key: null, answer: '#tree-container' },
  };
  return { viewer, name: `HTML export of pi ${stdout.trim()}, the same session` };
}

/** All of the session in one page, without anything else. */
export async function plainPage(host: Host) {
  host.put('/plain.html', 'text/html', await readFile(new URL('plain.html', import.meta.url)));
  const viewer: Viewer = {
    address: `${host.origin}/plain.html`,
    file: '/session.jsonl',
    first: 'main .user',
    whole: 'footer',
    scroller: null,
    find: null,
  };
  return { viewer, name: 'page that holds all of the same session as text' };
}
