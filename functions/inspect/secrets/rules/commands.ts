import type { Severity } from '../hit.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Candidate, Rule } from '../rule.ts';
import { judgeNameless } from './judge-named.ts';

function judge({ value }: Candidate): Severity | null {
  return isPlaceholder(value) || residue(value).length < 5 || !/\d/.test(value) || !/[A-Za-z]/.test(value)
    ? null
    : 'high';
}

const rest = '[^\\r\\n]{0,300}?\\s';
/** What passwords stand behind, of the programs that take one without a telling name. */
const programs = [
  `curl(?:${rest}|\\s)(?:-u|--user|--proxy-user)[\\s=]{0,2}["']?[^\\s:"'$]{1,60}:`,
  'sshpass\\s+-p\\s{0,2}["\']?',
  `mysql(?:dump|admin)?(?:${rest}|\\s)-p["']?`,
  `(?:docker|podman|helm(?:\\sregistry)?|az|oc)\\slogin(?:${rest}|\\s)-p\\s{0,2}["']?`,
  `redis-cli(?:${rest}|\\s)-a\\s{0,2}["']?`,
  'htpasswd\\s{1,3}-[a-zA-Z]{0,5}b[a-zA-Z]{0,5}\\s{1,3}(?:[\\w./-]{1,100}\\s{1,3})?[\\w.@-]{1,60}\\s{1,3}["\']?',
  `(?:sqlcmd|bcp|smbclient|mongo(?:sh|dump|restore|import|export)?|zip|unzip)(?:${rest}|\\s)-[pP]\\s{0,2}["']?`,
  'rabbitmqctl\\s{1,3}(?:add_user|change_password)\\s{1,3}[\\w.@-]{1,60}\\s{1,3}["\']?',
  `openssl(?:${rest}|\\s)-pass(?:in|out)?\\s{1,3}["']?pass:`,
  'echo\\s{1,3}(?:-n\\s{1,3})?["\']?(?:[\\w.-]{1,40}:)?(?=[^\\r\\n]{6,80}\\|\\s{0,3}(?:sudo\\s{1,3}(?:-S|chpasswd)|chpasswd|docker\\slogin|passwd))',
  `ldap(?:search|modify|add|passwd)(?:${rest}|\\s)-w\\s{0,2}["']?`,
];

/** Passwords on a command line and in SQL. */
export const commands: readonly Rule[] = [
  {
    detector: 'command-line-password',
    kind: 'password on a command line',
    anchors: [
      'curl ',
      'sshpass ',
      'mysql',
      ' login ',
      'redis-cli ',
      'htpasswd ',
      'ldap',
      'sqlcmd ',
      'bcp ',
      'smbclient ',
      'mongo',
      'unzip ',
      'zip -',
      'rabbitmqctl ',
      'openssl ',
      'echo ',
    ],
    near: /curl |sshpass |mysql(?:dump|admin)? |(?<=docker|podman|registry|helm|az|oc) login |redis-cli |htpasswd -|ldap[a-z]{3,8} |(?:sqlcmd|bcp|smbclient|mongo[a-z]{0,7}|unzip) [^\r\n]{0,200}?-p|zip -p|rabbitmqctl [ac]|openssl [^\r\n]{0,200}?pass:|echo [^\r\n|]{6,90}\|\s{0,3}(?:sudo -S|sudo chpasswd|chpasswd|docker login|passwd)/iy,
    pattern: new RegExp(`(?:${programs.join('|')})([^\\s"'$@:]{6,80})`, 'dg'),
    reach: { before: 24, after: 480 },
    rank: 1,
    judge,
  },
  {
    detector: 'sql-password',
    kind: 'password in a statement',
    anchors: ['password', 'identified'],
    near: /(?:password|identified(?: with \w{1,40})? by) {1,2}(?:\\{0,8}'|\\{0,8}u0027|&#|%27)/iy,
    pattern: /(?:password|identified(?:\swith\s\w{1,40})?\sby)\s{1,2}'([^\s'\\]{6,128})'/dgi,
    reach: { before: 8, after: 240 },
    rank: 2,
    judge: judgeNameless,
  },
];
