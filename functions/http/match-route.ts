import type { Endpoint } from './endpoint.ts';

/** Path → endpoints, one a method. A part of a path in braces matches anything without a slash. */
export type Routes = Readonly<Record<string, readonly Endpoint[]>>;

export interface Match {
  /** The path as the table has it. */
  route: string;
  endpoints: readonly Endpoint[];
  params: Record<string, string>;
}

/** The first route whose path this is, and what its braces stand for; null when there is none. */
export function matchRoute(routes: Routes, pathname: string): Match | null {
  const asked = pathname.replace(/\/$/, '').split('/');
  for (const [path, endpoints] of Object.entries(routes)) {
    const params = matchPath(path.split('/'), asked);
    if (params) return { route: path, endpoints, params };
  }
  return null;
}

function matchPath(parts: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (parts.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const given = asked[i] ?? '';
    if (part.startsWith('{') && given !== '') params[part.slice(1, -1)] = given;
    else if (part !== given) return null;
  }
  return params;
}
