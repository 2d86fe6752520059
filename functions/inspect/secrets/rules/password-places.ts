import { entropy } from '../entropy.ts';
import type { Rule } from '../rule.ts';
import { judgeNameless } from './judge-named.ts';

const apart = '[\\s\\d→+:|"\',-]{1,24}(?:[\\w./-]{1,80}:\\d{1,6}:\\s{0,8})?';

/** Passwords known by where they stand in a file or a call, not by a name. */
export const passwordPlaces: readonly Rule[] = [
  {
    detector: 'netrc',
    kind: 'password in a .netrc entry',
    anchors: ['machine '],
    near: /machine\s{1,8}[\w.-]{1,100}(?:[\s\d→+:|"',-]|\\{1,8}[nrt]?){1,24}(?:[\w./-]{1,80}:\d{1,6}:\s{0,8})?login\s/iy,
    // Over several lines, a listing's numbers or files may stand between.
    pattern: new RegExp(
      `\\bmachine\\s{1,8}[\\w.-]{1,100}${apart}login\\s{1,8}\\S{1,100}${apart}password\\s{1,8}(?<value>[^\\s"'\\\\]{6,200})`,
      'dgi',
    ),
    reach: { before: 8, after: 480 },
    rank: 2,
    judge: judgeNameless,
  },
  {
    // https://www.postgresql.org/docs/current/libpq-pgpass.html
    detector: 'pgpass',
    kind: 'password in a .pgpass line',
    anchors: [':5432:', ':6543:'],
    pattern: /(?<![\w.-])[\w.-]{1,100}:\d{4}:[\w*-]{1,64}:[\w*.-]{1,64}:(?<value>[^\s"'\\:]{6,100})/dg,
    reach: { before: 104, after: 300 },
    rank: 2,
    judge: judgeNameless,
  },
  {
    detector: 'login-pair',
    kind: 'password beside its user name',
    anchors: ['auth=(', 'auth = (', 'basicauth(', 'basic_auth(', '.login('],
    pattern:
      /(?:auth\s?=\s?|basic_?auth|\.login)\(\s{0,4}["'][^"'\s\\]{1,64}["'],\s{0,4}["'](?<value>[^\s"'\\]{6,128})["']/dgi,
    reach: { before: 8, after: 300 },
    rank: 2,
    judge: judgeNameless,
  },
  {
    // https://api.wordpress.org/secret-key/1.1/salt/
    detector: 'wordpress-salt',
    kind: 'key or salt of WordPress',
    anchors: ['auth_key', 'auth_salt', 'logged_in_key', 'logged_in_salt', 'nonce_key', 'nonce_salt'],
    near: /(?:auth|logged_in|nonce)_(?:key|salt)[^A-Za-z0-9]/iy,
    pattern: /(?:AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)["'],\s{1,16}["'](?<value>[^'\r\n]{64})["']/dg,
    reach: { before: 8, after: 200 },
    rank: 2,
    judge: ({ value: taken }) => (entropy(taken) < 4 ? null : 'high'),
  },
];
