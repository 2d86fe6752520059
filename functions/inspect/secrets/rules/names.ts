/** The end of a name that holds a secret: `DB_PASSWORD`, `clientSecret`, `x-api-key`. */
const keyword =
  'passw(?:or)?d|passphrase|pwd|pass|_psk|(?<![a-z])psk|_salt|_pat|secret|token|credentials?|api[-_. ]?key|[a-z0-9][-_.]key|(?:access|secret|private|auth|signing|encryption|account|master|license|service|shared|admin|deploy|hmac|jwt|consumer|subscription|api)key';
const suffix = '(?:_(?:base|prod|production|staging|dev|live|test|value|v?\\d{1,2}))?';

/** A quote, as it is or as JSON and HTML write it. */
export const quote = '(?:["\'`\\\\]|&quot;|&#39;|&#34;|&#x27;)';

/** A whole name, as the group `name`. */
export const name = `(?<name>(?<![A-Za-z0-9])[A-Za-z0-9_.-]{0,40}?(?:${keyword})${suffix})`;

/** What a value is made of, outside quotes and tags; where it is read from is none. */
const elsewhere =
  '(?:process\\.env|import\\.meta|os\\.(?:environ|getenv)|config|settings|options|opts|this|self|args|params)[.[(]';
export const value = `(?!${elsewhere})[^\\s"'\`\\\\<>]{6,300}`;

/** Between a name and its value, the rest of the field that holds the name: `", "type": "text", "value": "`. */
export const valueField = `${quote}{0,8}\\s{0,4},[^{}]{0,240}?(?<=[\\s,"'\\\\])${quote}{0,8}(?:value|val|default|content|secret|v)${quote}{0,8}\\s{0,2}[:=]\\s{0,4}`;

/** Where all names are looked for. */
export const nameAnchors = [
  'passw',
  'passphrase',
  'pwd',
  '_pass',
  'pass:',
  'pass=',
  'pass ',
  'pass"',
  "pass'",
  'pass\\',
  'pass&',
  'pass%',
  'psk',
  '_salt',
  '_pat',
  'secret',
  'token',
  'credential',
  'api_key',
  'apikey',
  'api-key',
  'api.key',
  'api key',
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
  'sharedkey',
  'adminkey',
  'deploykey',
  'hmackey',
  'jwtkey',
  'consumerkey',
  'subscriptionkey',
];

/**
 * In raw text, one sign between a name and its value: itself, or as JSON, HTML, a URL or a terminal's colours write it.
 * Each text is a row of signs in one way only, so that a long row is refused in linear time.
 */
const sign =
  '(?:[\\s"\'`\\\\]|(?<=\\\\)[nrt]|(?<=\\\\)u00[0-7][0-9a-f]|(?<=\\\\u001b|\\x1b)\\[[\\d;]{0,16}m|&(?:quot|apos|amp|[lg]t|#\\d{2,3}|#x[0-9a-f]{2});|%[0-7][0-9a-f])';

/** What is left of a name where an anchor begins. */
const rest = `(?:api key|(?=[A-Za-z_.-]{3,36}[^A-Za-z_.-])[A-Za-z_.-]{3,20}(?<=pass|passw(?:or)?d|passphrase|pwd|psk|salt|_pat|secret|token|credentials?|key))${suffix}`;

const beginning = '[^\\s"\'`\\\\<>]{6}';
/** The beginning of a value that has a digit soon. */
export const numbered = `(?=[^\\s"'\`\\\\<>]{0,40}\\d)${beginning}`;

/** Sticky, for raw text: an anchor's name with signs and `between` (a class of one more) before a value. */
export function nearName(between: string, begins = beginning, before = ''): RegExp {
  return new RegExp(`${before}${rest}(?:${sign}|${between}){1,48}(?!\\d{1,16}(?:[^\\w.-]|$))${begins}`, 'iy');
}

/** Words before `key` and `token` that make them another thing; the short ones only as words of their own. */
const keyed =
  'count|total|input|output|prompt|completion|page|pagination|cursor|continuation|sync|cache|idempotency|dedup|sort|partition|primary|foreign|public|publishable|tokeni[sz]er|start|special|mask|csrf|xsrf|cancel(?:lation)?|abort|syntax|object|storage|bucket|group|query|registry|short|i18n|translation|message|event|react|composite|index|unique|lookup|config|settings|param|header|field|json|yaml|dict|attr|design|color|theme|routing|range|shard|answer|show|hide|forgot|reset|confirm|verify|invalid|missing|wrong|current|websocket';
const keyedShort =
  'max|min|num|next|prev|pub|eos|bos|pad|unk|stop|end|sep|lex|s3|row|map|hot|msg|hash|env|var|type|data|no|is|has|use|of|the|by|each|any|every|this|that|first|last|new';
const asked =
  'hide|show|toggle|forgot|reset|change|confirm|verify|invalid|missing|wrong|without|require[sd]?|enter';
const harmless = new RegExp(
  `(?:${keyed}|(?:^|[-_. ])(?:${keyedShort}))[-_. ]?(?:key|token)$|(?:${asked}|(?:^|[-_. ])(?:no|has|is|use|with|ask))[-_ ]?(?:password|passwd|pwd|pass|secret|credentials?)$|(?:^|[-.])(?:old|init)?_?pwd$|(?:^|[-_.])(?:by|com|tres|sur|over|under|en)_?pass$|(?:^|[-_. ])(?:first|second|third|one|two|single|multi|each|this|the|a|all|render|did|does|not|test|tests)[-_ ]?pass$|monkey$|turkey$|hockey$|keyboard$`,
  'i',
);

/** Whether a name that ends like a secret's is another's: `maxTokens`, `cacheKey`, `forgotPassword`, `PWD`. */
export function isHarmless(text: string): boolean {
  return harmless.test(text.replace(/([a-z])([A-Z])/g, '$1_$2'));
}
