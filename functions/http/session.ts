import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { startSession, useSession } from '#sql/queries/sessions.ts';
import { readCookie, setCookie } from './cookie.ts';

const algorithm = 'HS256';
const claims = z.object({ jti: z.uuid() });

const keyOf = (runtime: Runtime): Uint8Array => new TextEncoder().encode(runtime.sessionSecret);

/** Starts a session and gives the cookie that carries it. */
export async function openSession(runtime: Runtime, accountId: string): Promise<string> {
  const jti = randomUUID();
  const expiresAt = await startSession(runtime.database, { jti, accountId });
  const token = await new SignJWT()
    .setProtectedHeader({ alg: algorithm })
    .setJti(jti)
    .setIssuer(runtime.siteUrl)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(keyOf(runtime));
  const maxAge = Math.floor((expiresAt.getTime() - Date.now()) / 1000);
  return setCookie('session', token, maxAge, runtime);
}

/** The id in a session cookie that we signed and that has not run out. Says nothing about whether it was revoked. */
export async function readSessionId(request: Request, runtime: Runtime): Promise<string | null> {
  const token = readCookie(request, 'session', runtime);
  if (token === null) return null;
  try {
    const { payload } = await jwtVerify(token, keyOf(runtime), {
      algorithms: [algorithm],
      issuer: runtime.siteUrl,
      requiredClaims: ['exp', 'jti'],
    });
    return claims.safeParse(payload).data?.jti ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** Who is signed in. The session table is asked every time, so a signed-out cookie is dead however it was copied. */
export async function readMember(request: Request, runtime: Runtime): Promise<Member | null> {
  const jti = await readSessionId(request, runtime);
  const owner = jti === null ? null : await useSession(runtime.database, jti);
  return owner && { ...owner, moderator: runtime.moderatorIds.has(owner.githubId) };
}
