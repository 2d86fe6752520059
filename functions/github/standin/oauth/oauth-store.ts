import { createHash, randomBytes } from 'node:crypto';
import { tokenPrefix } from '../http/credential.ts';

/** What a person agreed to: to be exchanged once, within ten minutes. */
export interface Grant {
  login: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  /** PKCE S256 challenge, null if the app sent none. */
  challenge: string | null;
}

/** A live token. */
export interface IssuedToken {
  login: string;
  clientId: string;
  scope: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

const codeLives = 10 * 60_000;

/** The authorization codes and tokens of one stand-in; gone when its process ends. */
export function createOauthStore(now: () => number) {
  const codes = new Map<string, Grant & { expires: number }>();
  const tokens = new Map<string, IssuedToken>();

  return {
    issueCode(grant: Grant): string {
      const code = randomBytes(10).toString('hex');
      codes.set(code, { ...grant, expires: now() + codeLives });
      return code;
    },
    /** Uses up the code. Undefined if it was never issued, was used before, or is too old. */
    takeCode(code: string): Grant | undefined {
      const grant = codes.get(code);
      codes.delete(code);
      return grant && now() < grant.expires ? grant : undefined;
    },
    issueToken({ login, clientId, scope }: Grant): string {
      const token = tokenPrefix + randomBytes(18).toString('hex');
      tokens.set(token, { login, clientId, scope, createdAt: now() });
      return token;
    },
    token: (token: string): IssuedToken | undefined => tokens.get(token),
    revoke: (token: string): boolean => tokens.delete(token),
    /** Kills every token the person gave this app. */
    revokeGrant(login: string, clientId: string): void {
      for (const [token, issued] of tokens) {
        if (issued.login === login && issued.clientId === clientId) tokens.delete(token);
      }
    },
  };
}

export type OauthStore = ReturnType<typeof createOauthStore>;

/** Does the verifier belong to the challenge (RFC 7636, S256)? */
export function verifierMatches(verifier: string, challenge: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
