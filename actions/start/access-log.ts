import type { Logger } from 'pino';
import type { Hearer } from './answer-each.ts';

/** One line a request. Health is asked every few seconds, and told of only where it is not well. */
export function accessLog(log: Logger): Hearer {
  return ({ requestId, method, route, status, seconds }) => {
    const level = route.startsWith('/api/health') && status === 200 ? 'debug' : 'info';
    const ms = Math.round(seconds * 10_000) / 10;
    log[level]({ request_id: requestId, method, route, status, ms }, 'answered');
  };
}
