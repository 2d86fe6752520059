import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Run {
  seconds: number;
  /** Of the process and all that it started, at the moment when together they held most. */
  peakMb: number;
}

interface Surroundings {
  /** This process's own when left out. */
  cwd?: string;
  /** All that is set; what this process has when left out. */
  env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 * @throws Error when it fails
 */
export async function measure(
  program: string,
  args: readonly string[],
  { cwd, env }: Surroundings = {},
): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  let peak = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, residentBytes(child.pid ?? 0));
  }, 20);
  try {
    const [code] = await ended;
    if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  } finally {
    clearInterval(poll);
  }
  return { seconds: (performance.now() - started) / 1000, peakMb: peak / 1e6 };
}

/** VmRSS of a process and its children, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html; 0 when it has ended. */
function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    return children.reduce((sum, child) => sum + residentBytes(Number(child)), own);
  } catch {
    return 0;
  }
}
