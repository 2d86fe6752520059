import { entropy, looksRandom } from '../entropy.ts';
import type { Severity } from '../hit.ts';
import { isPlaceholder, residue } from '../placeholders.ts';
import type { Candidate } from '../rule.ts';
import { isHarmless } from './names.ts';

/** How surely a value is one: `marked` by quotes or a variable's name, `bare`, or `beside` a name in running text. */
type Standing = 'marked' | 'bare' | 'beside';

/** Judges the group `value` by the group `name`; a value in quotes (group `open`) or of an environment variable is one. */
export function judgeAssigned({ value, match }: Candidate): Severity | null {
  const name = match.groups?.name ?? '';
  const quoted = (match.groups?.open ?? '') !== '';
  // A test that passed has its name behind the word: `PASS: TestReads2Files`.
  if (name.endsWith('PASS') && !name.endsWith('_PASS') && !quoted) return null;
  return judge(value, name, quoted, quoted || isVariable(name) ? 'marked' : 'bare');
}

/** The same where name and value only stand side by side, as in `["password", "…"]` or `the password is …`. */
export function judgeBeside({ value, match }: Candidate): Severity | null {
  const name = match.groups?.name ?? '';
  const quoted = (match.groups?.open ?? '') !== '';
  const severity = judge(value, name, quoted, isVariable(name) ? 'marked' : 'beside');
  return severity === 'high' ? severity : null;
}

/** Judges the group `value`, which its place says is a password. */
export function judgeNameless({ value }: Candidate): Severity | null {
  return isPlaceholder(value) ? null : judgePassword(value, 'marked');
}

function judgePassword(text: string, standing: Standing): Severity | null {
  const left = residue(text);
  const marked = standing === 'marked';
  if (text.length > 200 || left.length < (marked ? 5 : 6) || /^https?:|^\//.test(text)) return null;
  const mixed = /\d/.test(text) && /[A-Za-z]/.test(text);
  // Without quotes it may as well be a type or a name: `Uint8Array`.
  if (!marked && !isTyped(text)) return null;
  if (/^(?:[A-Za-z]+|\d{1,4})(?:[-_.](?:[A-Za-z]+|\d{1,4}))+$/.test(text))
    return marked && left.length >= 12 ? 'low' : null;
  if (mixed && entropy(text) >= 2.5 && changesOf(text) >= (marked ? 1 : 2)) return 'high';
  if (marked && isScattered(text)) return 'high';
  return marked && /[^A-Za-z0-9_-]/.test(text) && text.length >= 10 ? 'low' : null;

  /** Typed by nobody who writes code: digits among the letters, or signs, and often. */
  function isTyped(typed: string): boolean {
    const often = changesOf(typed) / typed.length > 0.27 && /[A-Z]/.test(typed) && /[a-z]/.test(typed);
    if (standing === 'beside') return typed.length >= 8 && often;
    return (typed.match(/\d/g)?.length ?? 0) >= 2 || (typed.length >= 8 && often);
  }
}

const isVariable = (name: string) => /^[A-Z0-9_.-]+$/.test(name);

function judge(taken: string, name: string, quoted: boolean, standing: Standing): Severity | null {
  if (isHarmless(name)) return null;
  const text = taken.replace(/[,;)}\]|*]+$/, '');
  if (isPlaceholder(text)) return null;
  if ((quoted || isVariable(name)) && isNoise(text)) return 'high';
  if (isCode(text, quoted, isVariable(name))) return null;
  if (isUuid(text)) return namesSecretId(name) ? 'high' : null;
  if (isIdentifier(text)) return null;
  return /passw|passphrase|pwd|pass$|psk/i.test(name)
    ? judgePassword(text, standing)
    : judgeKey(text, standing);
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

function judgeKey(text: string, standing: Standing): Severity | null {
  const marked = standing === 'marked';
  if (/^https?:|^\.{0,2}\/|^~\//.test(text) && !isPadded(text)) return null;
  if (standing === 'beside') return text.length >= 20 && looksRandom(text) ? 'high' : null;
  if (looksRandom(text) || (marked && text.length >= 20 && isScattered(text))) return 'high';
  // Letters alone can be a key too, but a word just as well.
  return marked && text.length >= 12 && /\d/.test(text) && residue(text).length >= 10 && entropy(text) >= 3
    ? 'low'
    : null;
}

/** A call, a member, a type or a template rather than a value. */
function isCode(text: string, quoted: boolean, variable: boolean): boolean {
  if (/[{}]|\$\(|=>|\(\)|\|\||&&/.test(text))
    return !(variable && looksRandom(text) && !/\$\(|\(\)/.test(text));
  if (quoted) return false;
  return (
    /[()[\]]/.test(text) ||
    (/^[A-Za-z_$][\w$]*(?:(?:[?!]?\.|::)[A-Za-z_$][\w$]*)+[;,]?$/.test(text) &&
      !(variable && looksRandom(text.replace(/^.*\./, ''))))
  );
}

/** 32 or 64 bytes of base64, which a slash may begin. */
const isPadded = (text: string) => /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.test(text);

/** Alone or behind words, as in `agent:main:…`. */
const isUuid = (text: string) =>
  /^(?:[a-z_-]{1,20}[:/]){0,4}[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Names whose uuid is a key rather than the id of something: `CODECOV_TOKEN`, `clientSecret`, `api_key`. */
function namesSecretId(name: string): boolean {
  return (
    /^[-.]{0,2}[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:TOKEN|SECRET|API_?KEY|SECRET_KEY|PASSWORD)$/.test(name) ||
    /(?:api|access|auth|secret)[-_. ]?(?:key|token)$|[a-z][-_]?secret$/i.test(name)
  );
}

/** Signs and letters as only a generator mixes them. */
function isNoise(text: string): boolean {
  const signs = text.match(/[^\w\s/.=:,()-]/g)?.length ?? 0;
  return (
    text.length >= 24 &&
    signs >= text.length / 8 &&
    /\d/.test(text) &&
    looksRandom(text.replace(/\W/g, '')) &&
    !/[a-z]{6}|a-z|0-9/i.test(text)
  );
}

/** Ids that are no secret whatever the name: prefixed ids of messages and calls, digests with their algorithm. */
function isIdentifier(text: string): boolean {
  return /^(?:(?:toolu|msg|req|call|chatcmpl|resp|rs|fc|run|thread|asst|file|evt|ses|prt|item)_[A-Za-z0-9]|sha(?:1|256|384|512)[-:]|pk_|pub|ssh-|arn:)/i.test(
    text,
  );
}

const changesOf = (text: string) =>
  text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])|[^A-Za-z0-9]/g)?.length ?? 0;
