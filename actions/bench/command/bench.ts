import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../pack/bundle.ts';
import { type Measured, median } from '../measured.ts';

const rounds = 21;
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The least a command line of commander's can be. */
const bare = `import { Command } from ${JSON.stringify(import.meta.resolve('commander'))};
new Command('bare').option('--flag', 'a flag').parse();
`;

/** How soon the command line answers, as it is installed, beside a bare program of commander's and Node alone. */
export async function* benchCommand(): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-command-'));
  try {
    await bundle(root, join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module","version":"0.0.0"}');
    writeFileSync(join(folder, 'bare.js'), bare);
    const ours = [join(folder, 'dist/index.js')];
    const programs = {
      '--help': [...ours, '--help'],
      'hydrate --help': [...ours, 'hydrate', '--help'],
      '--version': [...ours, '--version'],
      'a bare commander program': [join(folder, 'bare.js'), '--help'],
      'node -e 0': ['-e', '0'],
    };
    const times = new Map<string, number[]>(Object.keys(programs).map((name) => [name, []]));
    // By turns, so that a busy moment is everybody's.
    for (let round = 0; round < rounds; round++) {
      for (const [name, args] of Object.entries(programs)) times.get(name)?.push(timed(args));
    }
    const middle = (name: string) => Number(median(times.get(name) ?? []).toFixed(1));
    for (const metric of ['--help', 'hydrate --help', '--version']) {
      for (const peer_name of ['a bare commander program', 'node -e 0']) {
        yield { metric, unit: 'ms', ours: middle(metric), peer: middle(peer_name), peer_name };
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds that a program takes, start to end. */
function timed(args: readonly string[]): number {
  const started = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - started;
}
