import type { Mention } from './mention.ts';

const local = /[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_])?$/;
const domain = /(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,18}(?![A-Za-z0-9_(])/y;

const nobody =
  /^(?:git|noreply|no-reply|donotreply|do-not-reply|mailer-daemon|postmaster|npm|user(?:name)?|you(?:r)?(?:[._-]?(?:name|email))?|me|name|email|mail|foo|bar|test(?:er|ing)?\d{0,3}|example|john(?:[._-]?doe)?|jane(?:[._-]?doe)?|alice|bob|admin|root|info|support|security|hello|contact|someone|somebody|person|first\.last|bot|actions|action|dependabot)$/i;
const nowhere =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|test|invalid|localhost|local|localdomain|internal|example|lan|noreply\.github\.com|users\.noreply\.gitlab\.com|test\.com|foo\.com|bar\.com|email\.com|domain\.com|company\.com|yourdomain\.com|iam\.gserviceaccount\.com)$/i;
/** What follows `@` in code and file names: `icon@2x.png`, `user@module.ts`. */
const noTopLevel =
  /\.(?:png|jpe?g|gif|svg|webp|ico|[cm]?[jt]sx?|json|md|py|rs|go|java|rb|php|css|scss|html?|ya?ml|toml|txt|lock|sh|log|service|timer|socket|target|mount|value|property|setter|getter|cached|staticmethod|override|latest|next|beta)$/i;

/** The mail address around the `@` at a place; not one of machines, of documentation, a git remote or a version. */
export function mailAddressAt(text: string, _bytes: Uint8Array, at: number): Mention | null {
  domain.lastIndex = at + 1;
  const host = domain.exec(text)?.[0];
  if (host === undefined) return null;
  const before = text.slice(Math.max(0, at - 66), at);
  let user = local.exec(before)?.[0];
  if (user === undefined) return null;
  const lead = before.slice(0, before.length - user.length);
  // The letter of an escape, `\nann@…`, is no part of the name.
  if (lead.endsWith('\\') && /^[nrt]./.test(user)) user = user.slice(1);
  // The password of `https://user:password@host`, or a path.
  else if (/[:/=@]$/.test(lead) && !/(?:mailto:|[=:]\s?)$/i.test(lead)) return null;
  if (/:\/\/[^\s"']{0,60}$/.test(before)) return null;
  if (nobody.test(user) || nowhere.test(host) || noTopLevel.test(host) || text[at + 1 + host.length] === ':')
    return null;
  return { value: `${user}@${host}`, start: at - user.length };
}
