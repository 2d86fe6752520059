import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Db } from '#sql/db.ts';
import { recordAccount } from '#sql/queries/accounts.ts';
import { startSession } from '#sql/queries/sessions.ts';

interface SignedIn {
  siteUrl: string;
  /** The site's SESSION_SECRET. */
  secret: string;
  githubId: string;
  login: string;
}

/** The cookie a site in production would give this account at GitHub's word, for a browser to have. */
export async function sessionCookie(db: Db, { siteUrl, secret, githubId, login }: SignedIn) {
  const jti = randomUUID();
  const accountId = await recordAccount(db, { githubId, login });
  const expiresAt = await startSession(db, { jti, accountId });
  const value = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(jti)
    .setIssuer(siteUrl)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(secret));
  const { hostname } = new URL(siteUrl);
  return {
    name: '__Host-oas_session',
    value,
    domain: hostname,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax' as const,
  };
}
