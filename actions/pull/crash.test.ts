import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { pathsBelow, pullFrom } from './testing.ts';
import { twoSnapshots } from './testing-world.ts';

/** Pulls in a process that dies before its nth step. How many it took if it got to the end, null if it died. */
async function pullUntil(n: number, place: string, copy: string): Promise<number | null> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'testing-kill.ts'),
    place,
    copy,
    String(n),
  ]);
  const [told, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (signal === 'SIGKILL') return null;
  if (status !== 0) throw new Error(complaint);
  return Number(told);
}

/** Every file of a copy, and what is in it; the lock's are of whoever was there. */
function contents(copy: string): Record<string, string> {
  const paths = pathsBelow(copy).filter((path) => !path.startsWith('.lock') && path !== 'latest');
  const files = paths.filter((path) => statSync(join(copy, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(copy, path), 'utf8')]));
}

test('killed before any of its steps, a pull leaves latest whole, and the next one finishes the work', async () => {
  const { place, folder, copy, first, second } = await twoSnapshots();
  const [template, undisturbed] = [join(folder, 'template'), join(folder, 'undisturbed')];
  for (const there of [template, undisturbed])
    await cp(copy, there, { recursive: true, verbatimSymlinks: true });
  expect(await pullFrom(place, undisturbed)).toMatchObject({ ok: true });

  const left = new Set<string>();
  let steps: number | null = null;
  for (let deaths = 0; steps === null; deaths += 1) {
    rmSync(copy, { recursive: true });
    await cp(template, copy, { recursive: true, verbatimSymlinks: true });
    steps = await pullUntil(deaths, place, copy);
    const latest = join(copy, 'latest');
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: latest });
    left.add(basename(readlinkSync(latest)));
    expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
    expect(readlinkSync(latest)).toBe(`snapshots/${second}`);
    expect(contents(copy)).toEqual(contents(undisturbed));
  }
  expect(steps).toBeGreaterThan(15);
  expect(left).toEqual(new Set([first, second]));
}, 120_000);
