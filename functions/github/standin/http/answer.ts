import type { Readable } from 'node:stream';

/** What a handler says; the edge adds what every answer carries. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | Readable;
}

const documentation = 'https://docs.github.com/rest';

/** A JSON answer, 200 unless said otherwise. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** GitHub's JSON error: `{message, documentation_url, status}` and whatever else `more` says. */
export function failure(status: number, message: string, more: object = {}): Answer {
  return json({ message, ...more, documentation_url: documentation, status: String(status) }, status);
}

export const notFound = (): Answer => failure(404, 'Not Found');
export const badCredentials = (): Answer => failure(401, 'Bad credentials');
export const needsSignIn = (): Answer => failure(401, 'Requires authentication');

/** 422, with the list of what is wrong in GitHub's form. */
export function invalid(
  errors: { resource: string; field: string; code: string; message?: string }[],
): Answer {
  return failure(422, 'Validation Failed', { errors });
}

export function plainText(body: string | Buffer, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

export const noContent = (): Answer => ({ status: 204, headers: {}, body: '' });
