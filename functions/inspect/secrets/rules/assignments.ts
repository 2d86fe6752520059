import { entropy } from '../entropy.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { judgeAssigned, judgePassword } from './judge-named.ts';
import { name, nameAnchors, nearName, quote, value, valueField } from './names.ts';

/** Between name and value: `=`, `: `, `":"`, `: string =`, `||`, Markdown's bold, an argument of `setPassword(`. */
const declared = "(?::?\\s{0,2}&?(?:'static\\s)?(?:str|string)\\s{0,2}(?==))?";
const between = `${quote}{0,8}\\*{0,2}\\]?\\s{0,4}${declared}(?:=>|:=|=|:-|:\\*{0,2}|\\|\\||\\?\\?|(?<=\\b(?:set|with)[A-Za-z_]{0,40})\\(\\s{0,2}(?=${quote}))\\s{0,4}(?:[|>]-?\\s{1,16})?(?:@|[rbfu]{1,2}(?=["']))?`;

const apart = '[\\s\\d→+:|"\',-]{1,24}(?:[\\w./-]{1,80}:\\d{1,6}:\\s{0,8})?';

/** `NAME_PASSWORD=…` in `.env`, shell, YAML, JSON and code. */
export const assignments: readonly Rule[] = [
  {
    detector: 'assigned-secret',
    kind: 'value assigned to a secret’s name',
    anchors: nameAnchors,
    near: nearName('[\\]:=>|?*(@-]|&?str(?:ing)?\\b|[rbfu](?=["\'\\\\])'),
    pattern: new RegExp(
      `${name}(?<between>${between})(?<open>${quote}{0,8})(?:(?<=\`{3})\\w{0,10}\\s{1,2})?(?:(?:bearer|basic|token)\\s)?(?<value>${value})`,
      'dgi',
    ),
    reach: { before: 64, after: 480 },
    rank: 1,
    judge: judgeAssigned,
  },
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
    judge: ({ value: taken }) => (isPlaceholder(taken) ? null : judgePassword(taken, 'marked')),
  },
  {
    // https://www.postgresql.org/docs/current/libpq-pgpass.html
    detector: 'pgpass',
    kind: 'password in a .pgpass line',
    anchors: [':5432:', ':6543:'],
    pattern: /(?<![\w.-])[\w.-]{1,100}:\d{4}:[\w*-]{1,64}:[\w*.-]{1,64}:(?<value>[^\s"'\\:]{6,100})/dg,
    reach: { before: 104, after: 300 },
    rank: 2,
    judge: ({ value: taken }) => (isPlaceholder(taken) ? null : judgePassword(taken, 'marked')),
  },
  {
    detector: 'login-pair',
    kind: 'password beside its user name',
    anchors: ['auth=(', 'auth = (', 'basicauth(', 'basic_auth(', '.login('],
    pattern:
      /(?:auth\s?=\s?|basic_?auth|\.login)\(\s{0,4}["'][^"'\s\\]{1,64}["'],\s{0,4}["'](?<value>[^\s"'\\]{6,128})["']/dgi,
    reach: { before: 8, after: 300 },
    rank: 2,
    judge: ({ value: taken }) => (isPlaceholder(taken) ? null : judgePassword(taken, 'marked')),
  },
  {
    // https://support.google.com/accounts/answer/185833
    detector: 'app-password',
    kind: 'password of an application',
    anchors: ['app_pass', 'app-pass', 'app pass', 'apppass', 'smtp_pass', 'mail_pass', 'gmail'],
    near: /app[-_ ]?pass|(?:smtp|mail)_pass|gmail[\w-]{0,20}pass/iy,
    pattern: new RegExp(
      `(?:app[-_ ]?pass(?:word)?|(?:smtp|mail)_pass(?:word)?|gmail[\\w-]{0,20}pass\\w{0,5})(?:${between}${quote}{0,8}|${valueField}${quote}{0,8})(?<value>[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4}|[a-z]{16})(?![A-Za-z0-9_. -])`,
      'dgi',
    ),
    reach: { before: 8, after: 400 },
    rank: 1.2,
    judge: ({ value: taken }) =>
      /^[a-z ]+$/.test(taken) && !isPlaceholder(taken) && residue(taken).length >= 13 ? 'high' : null,
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
