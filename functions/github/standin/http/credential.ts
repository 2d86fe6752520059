import { createHash } from 'node:crypto';

/** Who asks. `kind` is what the list of requests shows. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'basic'; clientId: string }
  /** `login` is null for a token that was not issued here, such as a personal access token. */
  | { kind: 'token'; login: string | null; token: string };

/** What decides whether a credential is good. */
export interface CredentialRules {
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** The login a live token of the stand-in belongs to. */
  tokenLogin(token: string): string | undefined;
}

/** Every token the stand-in issues begins with this. */
export const tokenPrefix = 'gho_standin_';

/** Are these the app's id and secret? Any pair is, where the stand-in was started without them. */
export function isClient(id: string, secret: string, rules: CredentialRules): boolean {
  return (rules.clientId ?? id) === id && (rules.clientSecret ?? secret) === secret && id !== '';
}

/**
 * Reads an `Authorization` header; null where GitHub would say `Bad credentials`. A token that was not issued
 * here counts as somebody's personal token: it may read, but nobody is signed in by it.
 */
export function readCredential(header: string | undefined, rules: CredentialRules): Credential | null {
  if (!header) return { kind: 'none' };
  const [scheme = '', value = ''] = header.split(/ +/, 2);
  if (/^basic$/i.test(scheme)) {
    const [id = '', ...secret] = Buffer.from(value, 'base64').toString('utf8').split(':');
    return isClient(id, secret.join(':'), rules) ? { kind: 'basic', clientId: id } : null;
  }
  if (!/^(bearer|token)$/i.test(scheme) || value === '') return null;
  const login = rules.tokenLogin(value) ?? null;
  return login === null && value.startsWith(tokenPrefix) ? null : { kind: 'token', login, token: value };
}

/** The key whose requests GitHub counts together. */
export function countingKey(credential: Credential): string {
  if (credential.kind === 'none') return 'anonymous';
  if (credential.kind === 'basic') return `app:${credential.clientId}`;
  if (credential.login !== null) return `account:${credential.login.toLowerCase()}`;
  return `token:${createHash('sha256').update(credential.token).digest('hex')}`;
}
