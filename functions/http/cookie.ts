/** Our cookies. Outside development they are `__Host-`: Secure, for this host alone, on every path. */
export type CookieName = 'session' | 'sign_in' | 'notice';

export interface CookieRules {
  production: boolean;
}

function fullName(name: CookieName, { production }: CookieRules): string {
  return `${production ? '__Host-' : ''}oas_${name}`;
}

/** The value of one of our cookies, or null. */
export function readCookie(request: Request, name: CookieName, rules: CookieRules): string | null {
  const wanted = `${fullName(name, rules)}=`;
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length) ?? null;
}

/** A Set-Cookie header. Values are base64url or JWTs, so they need no escaping. */
export function setCookie(
  name: CookieName,
  value: string,
  maxAgeSeconds: number,
  rules: CookieRules,
): string {
  const secure = rules.production ? '; Secure' : '';
  return `${fullName(name, rules)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

export function clearCookie(name: CookieName, rules: CookieRules): string {
  return setCookie(name, '', 0, rules);
}
