/**
 * A path on this site to go back to after signing in. Anything else (another host, `//host`, `/\host`, a control
 * character, our own sign-in endpoints) becomes the home page, so that a link cannot send people elsewhere.
 */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 500) return '/';
  const base = 'https://own.invalid';
  const url = /^\/(?![/\\])/.test(wanted) && !/[\p{Cc}\\]/u.test(wanted) ? URL.parse(wanted, base) : null;
  if (url === null || url.origin !== base || /^\/+api(?:\/|$)/i.test(url.pathname)) return '/';
  // `/.//host` and the like only turn into a foreign address once their dots are resolved.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search + url.hash;
}
