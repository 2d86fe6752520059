import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { highWaterMb } from '../high-water.ts';
import { type Measured, median } from '../measured.ts';
import { writeSession } from './session.ts';

const rounds = 5;
const megabytes = 100;
const first = new URL('../../node-24.mjs', import.meta.url).href;
const inspect = fileURLToPath(new URL('../../inspect/index.ts', import.meta.url));
const peer_name = 'jq -c .';

/** A session of 100 MB through the command line, and through jq, which only reads and writes the JSON. */
export async function* benchInspect(): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-inspect-'));
  try {
    const file = join(folder, 'session.jsonl');
    await writeSession(file, megabytes * 1e6);
    const size = statSync(file).size / 1e6;
    const ours: Run[] = [];
    const peer: Run[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await measure(process.execPath, ['--import', first, inspect, file]));
      peer.push(await measure('jq', ['-c', '.', file]));
    }
    const middle = (runs: readonly Run[], figure: (run: Run) => number) =>
      Number(median(runs.map(figure)).toFixed(1));
    yield {
      metric: `${megabytes} MB session, start to end`,
      unit: 'MB/s',
      ours: middle(ours, ({ seconds }) => size / seconds),
      peer: middle(peer, ({ seconds }) => size / seconds),
      peer_name,
    };
    yield {
      metric: 'peak memory',
      unit: 'MB',
      ours: middle(ours, ({ peakMb }) => peakMb),
      peer: middle(peer, ({ peakMb }) => peakMb),
      peer_name,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Run {
  seconds: number;
  peakMb: number;
}

/** Runs a program to its end. Its peak memory is the kernel's own high-water mark, read while it runs. */
async function measure(program: string, args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const exit: Promise<[number | null]> = once(child, 'exit') as Promise<[number | null]>;
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, highWaterMb(child.pid));
  }, 25);
  try {
    const [code] = await exit;
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(
        `${program} is not installed; the benchmark needs it as its peer (apt install ${program})`,
      );
    }
    throw error;
  } finally {
    clearInterval(poll);
  }
  return { seconds: (performance.now() - started) / 1000, peakMb };
}
