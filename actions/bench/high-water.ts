import { readFileSync } from 'node:fs';

/** VmHWM of https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, in MB; 0 when it has ended. */
export function highWaterMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
