import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './exposition.ts';

const gauge = (name: string, help: string, value: number): Family => ({
  name,
  type: 'gauge',
  help,
  samples: [{ value }],
});

/** Measures this process: memory, processor, and how late its event loop is. End it when done. */
export function measureMachine() {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return {
    families(): Family[] {
      const { rss, heapUsed } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const families: Family[] = [
        gauge(
          'process_start_time_seconds',
          'When this process began, in Unix time.',
          Date.now() / 1000 - process.uptime(),
        ),
        gauge('process_resident_memory_bytes', 'Memory of this process.', rss),
        gauge('nodejs_heap_used_bytes', 'Memory that JavaScript uses.', heapUsed),
        {
          name: 'process_cpu_seconds',
          type: 'counter',
          help: 'Processor time of this process.',
          samples: [{ suffix: '_total', value: (user + system) / 1e6 }],
        },
        eventLoop(delay),
      ];
      delay.reset();
      return families;
    },
    end: () => void delay.disable(),
  };
}

function eventLoop(delay: ReturnType<typeof monitorEventLoopDelay>): Family {
  const at = (quantile: string, nanoseconds: number) => ({
    labels: { quantile },
    value: Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0,
  });
  return {
    name: 'nodejs_eventloop_delay_seconds',
    type: 'gauge',
    help: 'How late the event loop was since it was asked last: half of the time, but for a hundredth, at most.',
    samples:
      delay.count === 0
        ? []
        : [at('0.5', delay.percentile(50)), at('0.99', delay.percentile(99)), at('1', delay.max)],
  };
}
