import { type Logger, type LoggerOptions, pino } from 'pino';
import { currentAsked } from './asked.ts';

/**
 * The server's log: one JSON object a line on stderr. Errors are cut down to what cannot hold a secret or session
 * content: Octokit's carry whole requests, PostgreSQL's carry values in `detail`.
 */
export function createLog(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino({ ...options, ...ofRequests }, pino.destination(2));
}

/** Every line that is written while a request is answered names it. */
export const ofRequests: Pick<LoggerOptions, 'mixin'> = {
  mixin() {
    const asked = currentAsked();
    return asked ? { request_id: asked.requestId } : {};
  },
};

/** Logs an error nobody foresaw, with the path but not the query it came from. */
export function logSurprise(log: Logger, error: unknown, request: Request): void {
  const { pathname } = new URL(request.url);
  log.error({ method: request.method, path: pathname, error: describeError(error) }, 'unexpected error');
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  // PostgreSQL's messages quote values; its code says enough.
  const fromDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  const message = fromDatabase ? undefined : error.message.slice(0, 300);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { name: error.name, code, message, stack: frames.slice(0, 12) };
}
