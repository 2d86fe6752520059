import type { Severity } from '../hit.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Candidate, Rule } from '../rule.ts';

/** A password in an address; throwaway ones of a local machine (`postgres:postgres@`) are none. */
function judge({ value, match }: Candidate): Severity | null {
  const user = match.groups?.user ?? '';
  const password = decoded(value);
  if (password === user || isPlaceholder(password) || /[{}<>$()]/.test(password) || /[{}<>$]/.test(user))
    return null;
  const host = match.groups?.host ?? '';
  const here =
    /^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker|db$|postgres$|mysql$|redis$|mongo$|example\.|[a-z.-]*\.?example\.)/i.test(
      host,
    );
  const left = residue(password).length;
  if (left < 4 || /^(?:x-access-token|x-oauth-basic|oauth2)$/.test(password)) return null;
  return here && !(left >= 6 && /\d/.test(password)) ? 'low' : 'high';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Passwords in addresses (RFC 3986 userinfo) and in ADO and ODBC connection strings. */
export const connectionStrings: readonly Rule[] = [
  {
    detector: 'connection-string',
    kind: 'password in an address',
    anchors: ['://', ':\\/\\/', ':\\\\/'],
    near: /:(?:\\{0,8}\/){2}[^\s"'`<>@/\\:,]{0,100}:[^\s"'`<>@/]{3,200}@/y,
    pattern:
      /(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,24}:\/\/(?<user>[^\s"'`<>@/\\:,]{0,100}):(?<value>[^\s"'`<>@/\\:]{4,200})@(?<host>[A-Za-z0-9.[\]:_-]{1,200})/dgi,
    reach: { before: 40, after: 600 },
    rank: 2,
    judge,
  },
  {
    detector: 'ado-connection-string',
    kind: 'password in a connection string',
    anchors: ['password=', 'password =', 'pwd=', 'pwd ='],
    pattern:
      /(?:password|pwd)\s?=\s?(?<=(?:server|data source|host|user id|uid|user|database|initial catalog|addr)\s?=[^\r\n"]{1,240})([^\s;"'\\<>]{5,128})(?=[;"'\\\s]|$)/dgi,
    reach: { before: 260, after: 200 },
    rank: 2,
    judge: ({ value }) =>
      isPlaceholder(value) || /[{}$]/.test(value) || residue(value).length < 4 ? null : 'high',
  },
  {
    detector: 'oracle-connection-string',
    kind: 'password in a connection string',
    anchors: ['oracle:'],
    near: /oracle:[a-z]{2,6}:\w/iy,
    pattern: /jdbc:oracle:[a-z]{2,6}:[\w$#]{1,40}\/"?([^\s"'@\\/]{5,64})"?@/dgi,
    reach: { before: 8, after: 160 },
    rank: 2,
    judge: ({ value }) => (isPlaceholder(value) || residue(value).length < 4 ? null : 'high'),
  },
];
