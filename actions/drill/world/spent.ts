import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const ticks = 100;

/** Seconds of processor time of a program, and of those of its children that run now or that it has waited for. 0 when it is gone. */
export const processorSeconds = (pid: number | undefined): number => ticksOf(pid ?? 0) / ticks;

/** Fields 14 to 17 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the second may hold spaces. */
function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const own = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, each) => sum + ticksOf(Number(each)), own);
  } catch {
    return 0;
  }
}
