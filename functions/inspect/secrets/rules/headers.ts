import { looksRandom } from '../entropy.ts';
import type { Severity } from '../hit.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Candidate, Rule } from '../rule.ts';
import { valueField } from './names.ts';

const quote = '(?:["\'`\\\\]|&quot;|&#39;)';
const reach = { before: 40, after: 900 };

const random = ({ value }: Candidate): Severity | null =>
  !isPlaceholder(value) && looksRandom(value) ? 'high' : null;

/** `user:password` of basic authentication, encoded. */
function judgeBasic({ value }: Candidate): Severity | null {
  const [user, password] = Buffer.from(value, 'base64').toString('utf8').split(':', 2);
  if (user === undefined || password === undefined || !/^[\x20-\x7e]{4,200}$/.test(password)) return null;
  return isPlaceholder(value) || isPlaceholder(password) || residue(password).length < 4 ? null : 'high';
}

/** Credentials in HTTP headers: https://www.rfc-editor.org/rfc/rfc9110#name-authorization */
export const headers: readonly Rule[] = [
  {
    detector: 'bearer-token',
    kind: 'bearer token',
    anchors: ['bearer'],
    near: /bearer(?:\s|\\|%20|\+|["':,]){1,6}[A-Za-z0-9]/iy,
    pattern: /bearer(?:\s|%20|\+|["':,]){1,6}([A-Za-z0-9_.~+/=-]{16,800})/dgi,
    reach,
    rank: 2,
    judge: random,
  },
  {
    detector: 'authorization-header',
    kind: 'authorization header',
    anchors: ['authorization'],
    pattern: new RegExp(
      `authorization${quote}{0,8}\\s{0,3}(?:[:=,|]|=>|${valueField})\\s{0,3}${quote}{0,8}(?:(?:token|apikey|api-key|key|bot|oauth|digest|negotiate|ntlm|bearer|splunk|ssws|genie-?key|sso-key)[\\s=]{1,3})?([A-Za-z0-9_.~+/=:-]{16,800})`,
      'dgi',
    ),
    reach,
    rank: 2,
    judge: random,
  },
  {
    detector: 'basic-authorization',
    kind: 'user name and password of basic authentication',
    anchors: ['basic '],
    near: /basic\s[A-Za-z0-9+/]{8}/iy,
    pattern: /basic\s([A-Za-z0-9+/]{8,400}={0,2})/dgi,
    reach,
    rank: 2,
    judge: judgeBasic,
  },
  {
    // ~/.docker/config.json
    detector: 'registry-login',
    kind: 'user name and password of a registry',
    anchors: ['auth"', 'auth\\', 'auth&quot;'],
    near: /auth(?:["\\]|u0022|&quot;){1,8}\s{0,2}:\s{0,2}(?:["\\]|u0022|&quot;){1,8}[A-Za-z0-9+/]{12}/iy,
    pattern: /(?<![A-Za-z0-9_])auth["'\\]{1,8}\s{0,2}:\s{0,2}["'\\]{1,8}([A-Za-z0-9+/]{12,400}={0,2})/dgi,
    reach,
    rank: 2,
    judge: judgeBasic,
  },
  {
    // https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration
    detector: 'npmrc',
    kind: 'npm registry credential',
    anchors: ['_authToken', '_auth'],
    pattern: new RegExp(
      `_auth(?:Token)?${quote}{0,8}\\s{0,2}(?:[:=,|]|${valueField})\\s{0,2}${quote}{0,8}([A-Za-z0-9_+/=.-]{20,300})`,
      'dg',
    ),
    reach,
    rank: 2,
    judge: ({ value }) => (isPlaceholder(value) || !/\d/.test(value) ? null : 'high'),
  },
  {
    detector: 'key-header',
    kind: 'key in a request header',
    anchors: [
      'x-api-key',
      'x-auth',
      'x-access',
      'x-goog-api',
      'x-figma',
      'x-vault',
      'x-amz-sec',
      'private-token',
      'subscription-key',
      'x-shopify',
      'x-postmark',
      'x-functions-key',
      'api-key',
    ],
    pattern: new RegExp(
      `(?:x-[a-z-]{1,30}|private|subscription|api)-(?:key|token)${quote}{0,8}\\s{0,3}(?:[:=,|]|${valueField})\\s{0,3}${quote}{0,8}([A-Za-z0-9_.~+/=-]{16,600})`,
      'dgi',
    ),
    reach,
    rank: 2,
    judge: random,
  },
  {
    detector: 'session-cookie',
    kind: 'session cookie',
    anchors: ['cookie'],
    near: /cookies?(?:["'\\`]|&quot;){0,8}\s{0,3}[:=,|]/iy,
    pattern:
      /(?<=[\s"'`;:=])[A-Za-z0-9_.-]{0,40}(?:sess|sid|auth|token|jwt|login|remember|user)[A-Za-z0-9_.-]{0,30}=(?<=cookies?["'\\`]{0,8}\s{0,3}[:=,|][^\r\n]{0,600})([A-Za-z0-9_.~%+/:-]{20,600})/dgi,
    reach,
    rank: 2,
    judge: random,
  },
];
