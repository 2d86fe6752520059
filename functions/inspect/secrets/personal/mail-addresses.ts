import type { Mention } from '../personal.ts';

const local = /[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_])?$/;
const domain = /(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,18}(?![A-Za-z0-9_(])/y;

const nobody =
  /^(?:git|noreply|no-reply|donotreply|do-not-reply|mailer-daemon|postmaster|npm|user(?:name)?|you(?:r)?(?:[._-]?(?:name|email))?|me|name|email|mail|foo|bar|test(?:er|ing)?\d{0,3}|example|john(?:[._-]?doe)?|jane(?:[._-]?doe)?|alice|bob|admin|root|info|support|security|hello|contact|someone|somebody|person|first\.last|bot|actions|action|dependabot)$/i;
const nowhere =
  /(?:^|\.)(?:example\.(?:com|org|net|edu)|test|invalid|localhost|local|localdomain|internal|example|lan|noreply\.github\.com|users\.noreply\.gitlab\.com|test\.com|foo\.com|bar\.com|email\.com|domain\.com|company\.com|yourdomain\.com|iam\.gserviceaccount\.com)$/i;
/** What follows `@` in code and file names: `icon@2x.png`, `user@module.ts`. */
const noTopLevel =
  /\.(?:png|jpe?g|gif|svg|webp|ico|[cm]?[jt]sx?|json|md|py|rs|go|java|rb|php|css|scss|html?|ya?ml|toml|txt|lock|sh|log|service|timer|socket|target|mount|value|property|setter|getter|cached|staticmethod|override|latest|next|beta)$/i;

/** Mail addresses of somebody; not of machines, of documentation, nor git remotes and package versions. */
export function mailAddresses(text: string, from: number, to: number): Mention[] {
  const found: Mention[] = [];
  for (let at = text.indexOf('@', from); at >= 0 && at < to; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at + 1;
    const host = domain.exec(text)?.[0];
    if (host === undefined) continue;
    const before = text.slice(Math.max(0, at - 66), at);
    let user = local.exec(before)?.[0];
    if (user === undefined) continue;
    const led = before.charAt(before.length - user.length - 1);
    // The letter of an escape, `\nann@…`, is no part of the name.
    if (led === '\\' && /^[nrt]./.test(user)) user = user.slice(1);
    // The password of `https://user:password@host`, or a path.
    else if (/[:/=@]/.test(led) && !/(?:mailto:|[=:]\s?)$/i.test(before.slice(0, before.length - user.length))) continue;
    if (/:\/\/[^\s"']{0,60}$/.test(before)) continue;
    if (nobody.test(user) || nowhere.test(host) || noTopLevel.test(host) || text[at + 1 + host.length] === ':') continue;
    found.push({ value: `${user}@${host}`, start: at - user.length });
  }
  return found;
}
