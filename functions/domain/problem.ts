import { describeRefusal } from './refusal.ts';
import type { Refusal } from './result.ts';

/** The type of what `problemOf` makes, as JSON. */
export const problemType = 'application/problem+json; charset=utf-8';

/**
 * A refusal as problem details, https://www.rfc-editor.org/rfc/rfc9457; `requestId` is what the answer's log line has.
 * `status` stands in place of the code's own, for the few answers that HTTP has one of its own for.
 */
export function problemOf(
  { code, details, members }: Omit<Refusal, 'ok'>,
  { requestId, status }: { requestId: string | undefined; status?: number },
): { status: number; title: string | undefined } & Record<string, unknown> {
  const described = describeRefusal(code, details);
  const told = status ?? described.status;
  return {
    ...details,
    ...members,
    type: 'about:blank',
    title: titles[told],
    status: told,
    code,
    detail: described.sentence,
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** The phrases of https://www.iana.org/assignments/http-status-codes */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
