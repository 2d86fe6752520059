import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { listSessions, revokeOwnSession } from '#sql/queries/sessions.ts';
import { clearCookie } from '../../http/cookie.ts';
import { endpoint } from '../../http/endpoint.ts';
import { readSessionId } from '../../http/session.ts';

/** GET /api/account/sessions: where the member is signed in, the session used last first. */
export const listOwnSessions = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ request, member, runtime }) {
    const current = await readSessionId(request, runtime);
    const sessions = await listSessions(runtime.database, member.accountId);
    const items = sessions.map(({ jti, createdAt, lastSeen, expiresAt }) => ({
      id: jti,
      current: jti === current,
      created_at: createdAt,
      last_seen: lastSeen,
      expires_at: expiresAt,
    }));
    return ok({ status: 200, body: { items } });
  },
});

const sessionId = z.uuid();

/** POST /api/account/sessions/{id}/end: ends one of the member's sessions, and signs them out where it is this one. */
export const endSession = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({}),
  form: { done: '/account', refused: '/account', notice: () => 'session_ended' },
  async answer({ request, params, member, runtime }) {
    const jti = sessionId.safeParse(params.id).data;
    const ended = jti !== undefined && (await revokeOwnSession(runtime.database, member.accountId, jti));
    if (!ended) return refuse('not_found');
    const own = jti === (await readSessionId(request, runtime));
    return ok({ status: 204, cookies: own ? [clearCookie('session', runtime)] : [] });
  },
});
