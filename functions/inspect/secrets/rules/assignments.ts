import { entropy, looksRandom } from '../entropy.ts';
import type { Severity } from '../hit.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Candidate, Rule } from '../rule.ts';

/** The end of a name that holds a secret: `DB_PASSWORD`, `clientSecret`, `x-api-key`. */
const keyword =
  'passw(?:or)?d|passphrase|pwd|_pass|secret|token|credentials?|api[-_. ]?key|[a-z0-9][-_.]key|(?:access|secret|private|auth|signing|encryption|account|master|license|service|api)key';
const suffix = '(?:_(?:base|prod|production|staging|dev|live|test|value|v?\\d{1,2}))?';
const quote = '(?:["\'`\\\\]|&quot;|&#39;|&#34;|&#x27;)';
/** Between name and value: `=`, `: `, `":"`, `", "value": "`; JSON may have written `=` as an escape. */
const between = `${quote}{0,8}\\]?\\s{0,4}(?:=>|:=|=|:|\\\\{1,4}u003[da]|,?\\s{0,4}${quote}{1,8}(?:value|val|default|content)${quote}{1,8}\\s{0,2}:|,\\s{0,8}${quote}{1,8}(?:value|val|default|content)${quote}{1,8}\\s{0,2}:)\\s{0,4}`;
const value = '[^\\s"\'`\\\\<>]{6,400}';
const pattern = new RegExp(
  `(?<name>(?<![A-Za-z0-9])[A-Za-z0-9_.-]{0,40}?(?:${keyword})${suffix})(?<between>${between})(?<open>${quote}{0,8})(?:(?:bearer|basic|token)\\s)?(?<value>${value})`,
  'dgi',
);
const near = new RegExp(
  `[A-Za-z_-]{3,20}${suffix}${between}${quote}{0,8}(?!\\d{1,16}(?:[^\\w.-]|$))[^\\s"'\`\\\\<>]{6}`,
  'iy',
);

/** Names that end in a keyword and hold no secret. */
const harmless =
  /(?:max|min|num|count|total|input|output|prompt|completion|next|prev|page|pagination|cursor|continuation|sync|cache|idempotency|dedup|sort|partition|primary|foreign|public|pub|publishable|tokeni[sz]er|eos|bos|pad|unk|stop|start|end|special|mask|sep|csrf|xsrf|cancel(?:lation)?|abort|syntax|lex|object|storage|s3|bucket|row|map|group|query|registry|hot|short|i18n|translation|message|msg|event|react|session_storage|local_storage|composite|index|unique|hash|lookup|config|settings|param|header|field|env|var|type|data|json|yaml|dict|attr|design|color|theme|routing|range|shard|answer|no|is|has|use|show|hide|forgot|reset|confirm|verify|invalid|missing|wrong|of|the|by|each|any|every|this|that|first|last|current|new|websocket)[-_. ]?(?:key|token)$|(?:hide|show|toggle|forgot|reset|change|confirm|verify|invalid|missing|wrong|no|has|is|use|with|without|require[sd]?|enter|ask)[-_ ]?(?:password|passwd|pwd|pass|secret|credentials?)$|(?:^|[-_.])pwd$|oldpwd$|monkey$|turkey$|hockey$|keyboard$/i;

function judge({ value: taken, match }: Candidate): Severity | null {
  const name = match.groups?.name ?? '';
  const quoted = (match.groups?.open ?? '') !== '';
  const environment = /^[A-Z0-9_.-]+$/.test(name);
  if (harmless.test(snake(name))) return null;
  const bare = taken.replace(/[,;)}\]]+$/, '');
  if (isPlaceholder(bare) || isCode(bare, quoted) || isIdentifier(bare)) return null;
  return /passw|passphrase|pwd|pass$/i.test(name)
    ? judgePassword(bare, quoted || environment)
    : judgeKey(bare, quoted || environment);
}

function judgePassword(text: string, marked: boolean): Severity | null {
  const left = residue(text);
  if (text.length > 200 || left.length < (marked ? 5 : 6) || /^https?:|^\//.test(text)) return null;
  const mixed = /\d/.test(text) && /[A-Za-z]/.test(text);
  // Without quotes it may as well be a type or a name: `Uint8Array`.
  if (!marked && (text.match(/\d/g)?.length ?? 0) < 2) return null;
  if (/^(?:[A-Za-z]+|\d{1,4})(?:[-_.](?:[A-Za-z]+|\d{1,4}))+$/.test(text))
    return marked && left.length >= 12 ? 'low' : null;
  if (mixed && entropy(text) >= 2.5 && changesOf(text) >= (marked ? 1 : 2)) return 'high';
  if (marked && isScattered(text)) return 'high';
  return marked && /[^A-Za-z0-9_-]/.test(text) && text.length >= 10 ? 'low' : null;
}

/** Letters alone, in upper and lower case as no name in code mixes them. */
function isScattered(text: string): boolean {
  return (
    text.length >= 12 &&
    entropy(text) >= 3 &&
    /[A-Z]{2}[a-z]/.test(text) &&
    (text.match(/[a-z](?=[A-Z])/g)?.length ?? 0) >= 3
  );
}

function judgeKey(text: string, marked: boolean): Severity | null {
  if (/^https?:|^\.{0,2}\/|^~\//.test(text)) return null;
  if (looksRandom(text) || (marked && text.length >= 20 && isScattered(text))) return 'high';
  // Letters alone can be a key too, but a word just as well.
  return marked && text.length >= 12 && /\d/.test(text) && residue(text).length >= 10 && entropy(text) >= 3
    ? 'low'
    : null;
}

/** A call, a member, a type or a template rather than a value. */
function isCode(text: string, quoted: boolean): boolean {
  if (/[{}]|\$\(|=>|\(\)|\|\||&&/.test(text)) return true;
  return (
    !quoted &&
    (/[()[\]]/.test(text) || /^[A-Za-z_$][\w$]*(?:(?:[?!]?\.|::)[A-Za-z_$][\w$]*)+[;,]?$/.test(text))
  );
}

/** Ids that are no secret whatever the name: uuids, prefixed ids of messages and calls, digests with their algorithm. */
function isIdentifier(text: string): boolean {
  return /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|(?:toolu|msg|req|call|chatcmpl|resp|rs|fc|run|thread|asst|file|evt|ses|prt|item)_[A-Za-z0-9]|sha(?:1|256|384|512)[-:]|pk_|pub|ssh-|arn:)/i.test(
    text,
  );
}

const changesOf = (text: string) =>
  text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])|[^A-Za-z0-9]/g)?.length ?? 0;
const snake = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2');

/** `NAME_PASSWORD=…` in `.env`, shell, YAML, JSON and code, and a name in one field with its value in the next. */
export const assignments: readonly Rule[] = [
  {
    detector: 'assigned-secret',
    kind: 'value assigned to a secret’s name',
    anchors: [
      'passw',
      'passphrase',
      'pwd',
      '_pass',
      'secret',
      'token',
      'credential',
      'api_key',
      'apikey',
      'api-key',
      'api.key',
      '_key',
      '-key',
      'accesskey',
      'privatekey',
      'authkey',
      'signingkey',
      'encryptionkey',
      'accountkey',
      'masterkey',
      'licensekey',
      'servicekey',
    ],
    near,
    pattern,
    reach: { before: 64, after: 480 },
    rank: 1,
    judge,
  },
  {
    detector: 'netrc',
    kind: 'password in a .netrc line',
    anchors: ['machine '],
    near: /machine\s{1,8}[\w.-]{1,100}\s{1,8}login\s/iy,
    pattern:
      /\bmachine\s{1,8}[\w.-]{1,100}\s{1,8}login\s{1,8}\S{1,100}\s{1,8}password\s{1,8}(?<value>[^\s"'\\]{6,200})/dgi,
    reach: { before: 8, after: 480 },
    rank: 2,
    judge: ({ value: taken }) => (isPlaceholder(taken) ? null : judgePassword(taken, true)),
  },
];
