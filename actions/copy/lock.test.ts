import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { takeCopyLock } from './lock.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that tries to take the lock once it is told to, says what came of it, and stays. */
async function taker(copy: string) {
  const program = `
    import { takeCopyLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    process.stdin.once('data', async () => {
      const lock = await takeCopyLock(${JSON.stringify(copy)}, '.lock');
      console.log(lock ? 'taken' : 'refused');
    });
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  onTestFinished(() => void child.kill('SIGKILL'));
  await lines.next();
  return {
    async take(): Promise<string> {
      child.stdin.write('go');
      return (await lines.next()).value ?? 'ended';
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const turnsOf = (copy: string) => readdirSync(join(copy, '.lock')).filter((name) => name !== 'now');

test('one has it, the others do not, until it is given back', async () => {
  const copy = emptyFolder();
  const lock = await takeCopyLock(copy, '.lock');
  expect(lock).toBeDefined();
  expect(await takeCopyLock(copy, '.lock')).toBeUndefined();
  expect(await takeCopyLock(copy, '.lock-1-of-2')).toBeDefined();
  await lock?.release();
  const next = await takeCopyLock(copy, '.lock');
  expect(next).toBeDefined();
  // Given back twice, it is not taken from who has it now.
  await lock?.release();
  expect(await takeCopyLock(copy, '.lock')).toBeUndefined();
  await next?.release();
});

test('a holder that is killed is found out at once, and of many that see it one gets the lock', async () => {
  const copy = emptyFolder();
  const takers = await Promise.all(Array.from({ length: 6 }, () => taker(copy)));
  for (let left = takers.length; left > 1; left -= 1) {
    const answers = await Promise.all(takers.slice(0, left).map((one) => one.take()));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    const holder = answers.indexOf('taken');
    const [dead] = takers.splice(holder, 1);
    await dead?.kill();
    await Promise.all(takers.map((one) => one.kill()));
    takers.splice(
      0,
      takers.length,
      ...(await Promise.all(Array.from({ length: left - 1 }, () => taker(copy)))),
    );
    expect(turnsOf(copy)).toHaveLength(1);
  }
});

test('a run on another machine is believed for a minute after its last word', async () => {
  const copy = emptyFolder();
  const mine = await takeCopyLock(copy, '.lock');
  const [turn = ''] = turnsOf(copy);
  const path = join(copy, '.lock', turn);
  const elsewhere = { ...JSON.parse(readFileSync(path, 'utf8')), host: 'another', pid: 2 ** 22 + 1 };
  writeFileSync(path, JSON.stringify(elsewhere));
  expect(await takeCopyLock(copy, '.lock')).toBeUndefined();
  const ago = Date.now() / 1000 - 61;
  utimesSync(path, ago, ago);
  const lock = await takeCopyLock(copy, '.lock');
  expect(lock).toBeDefined();
  // The one that stood still for so long does not give back what is not its own any more.
  await mine?.release();
  expect(await takeCopyLock(copy, '.lock')).toBeUndefined();
  await lock?.release();
});

test('a lock whose writing was cut off belongs to somebody, for a minute', async () => {
  const copy = emptyFolder();
  const path = join(copy, '.lock', '7');
  mkdirSync(join(copy, '.lock'));
  writeFileSync(path, '');
  expect(await takeCopyLock(copy, '.lock')).toBeUndefined();
  const ago = Date.now() / 1000 - 61;
  utimesSync(path, ago, ago);
  expect(await takeCopyLock(copy, '.lock')).toBeDefined();
});

test('a holder says that it lives, and hears of it when another took the lock over', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const copy = emptyFolder();
  const lock = await takeCopyLock(copy, '.lock');
  const [turn = ''] = turnsOf(copy);
  const path = join(copy, '.lock', turn);
  const ago = Date.now() / 1000 - 50;
  utimesSync(path, ago, ago);
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(ago * 1000 + 10_000));
  expect(lock?.lost.aborted).toBe(false);

  rmSync(path);
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(() => expect(lock?.lost.aborted).toBe(true));
  expect(String(lock?.lost.reason)).toMatch(/Another run took .+ over/);
});
