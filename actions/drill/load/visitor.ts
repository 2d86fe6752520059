import type { Answer, Asked, Front } from '../world/front.ts';

/** Somebody with a browser, signed in. */
export interface Visitor {
  login: string;
  /** Their address, the same for all they ask. */
  from: string;
  cookie: string;
}

/** An address of somebody's own network, 10.0.0.0/8: https://www.rfc-editor.org/rfc/rfc1918 */
export const addressOf = (number: number): string =>
  `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

/**
 * Signs in as a browser does, over GitHub's page.
 * @throws Error where that does not work
 */
export async function signIn(front: Front, login: string, from: string): Promise<Visitor> {
  const start = await front.ask({ method: 'GET', path: '/api/auth/signin', from });
  const page = new URL(headerOf(start, 'location'));
  page.searchParams.set('login', login);
  const granted = await fetch(page, { redirect: 'manual' });
  const back = URL.parse(granted.headers.get('location') ?? '');
  if (!back) throw new Error(`GitHub did not let ${login} in: ${granted.status}`);
  const path = back.pathname + back.search;
  const done = await front.ask({ method: 'GET', path, from, headers: { cookie: cookieOf(start) } });
  const cookie = cookieOf(done);
  if (!/session=/.test(cookie))
    throw new Error(`${login} could not sign in: ${done.status} ${headerOf(done, 'location')}`);
  return { login, from, cookie };
}

function headerOf(answer: Answer, name: string): string {
  const value = answer.headers[name];
  if (typeof value !== 'string') throw new Error(`An answer with status ${answer.status} has no ${name}.`);
  return value;
}

/** The first cookie an answer sets, as a browser sends it back. */
function cookieOf({ headers }: Answer): string {
  return [headers['set-cookie'] ?? ''].flat()[0]?.split(';')[0] ?? '';
}

/** A request in somebody's name, as a program sends it. */
export function asked({ from, cookie }: Visitor, path: string, body?: object): Asked {
  if (body === undefined) return { method: 'GET', path, from, headers: { cookie } };
  const headers = { cookie, 'content-type': 'application/json' };
  return { method: 'POST', path, from, headers, body: JSON.stringify(body) };
}
