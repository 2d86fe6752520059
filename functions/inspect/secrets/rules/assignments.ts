import { isPlaceholder, residue } from '../placeholders.ts';
import type { Rule } from '../rule.ts';
import { judgeAssigned } from './judge-named.ts';
import { name, nameAnchors, nearName, quote, value, valueField } from './names.ts';

/** Between name and value: `=`, `: `, `":"`, `: string =`, `||`, Markdown's bold, an argument of `setPassword(`. */
const declared = "(?::?\\s{0,2}&?(?:'static\\s)?(?:str|string)\\s{0,2}(?==))?";
const between = `${quote}{0,8}\\*{0,2}\\]?\\s{0,4}${declared}(?:=>|:=|=|:-|:\\*{0,2}|\\|\\||\\?\\?|(?<=\\b(?:set|with)[A-Za-z_]{0,40})\\(\\s{0,2}(?=${quote}))\\s{0,4}(?:[|>]-?\\s{1,16})?(?:@|[rbfu]{1,2}(?=["']))?`;

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
];
