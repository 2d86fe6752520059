import { signInMinutes } from '#domain/account-session.ts';
import type { Db } from '../db.ts';

export interface SignIn {
  stateSha256: string;
  browserSha256: string;
  codeVerifier: string;
  returnTo: string;
}

/** Remembers a sign-in until it comes back, and forgets those that never did. */
export async function startSignIn(db: Db, signIn: SignIn): Promise<void> {
  await db.query(
    `with swept as (delete from sign_in where expires_at < now())
     insert into sign_in (state_sha256, browser_sha256, code_verifier, return_to, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
    [signIn.stateSha256, signIn.browserSha256, signIn.codeVerifier, signIn.returnTo, signInMinutes],
  );
}

/** Takes a sign-in out: a `state` works once, before its time is up, and in the browser that started it. */
export async function takeSignIn(
  db: Db,
  key: { stateSha256: string; browserSha256: string },
): Promise<{ codeVerifier: string; returnTo: string } | null> {
  const { rows } = await db.query<{ codeVerifier: string; returnTo: string }>(
    `delete from sign_in where state_sha256 = $1 and browser_sha256 = $2 and expires_at > now()
     returning code_verifier as "codeVerifier", return_to as "returnTo"`,
    [key.stateSha256, key.browserSha256],
  );
  return rows[0] ?? null;
}
