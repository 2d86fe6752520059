/**
 * Did this request come from a page of ours, or from a program? Browsers name the page's origin on every POST; a
 * program names none. Cookies are SameSite=Lax besides. https://cheatsheetseries.owasp.org/cheatsheets/
 * Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#using-standard-headers-to-verify-origin
 */
export function isSameOrigin(headers: Headers, siteUrl: string): boolean {
  const origin = headers.get('origin');
  if (origin !== null && origin !== siteUrl) return false;
  const site = headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none';
}
