import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { endpoint } from '../http/endpoint.ts';

/** GET /api/me: who is signed in, and how much others did with their gists that they have not seen yet. */
export const me = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ member }) {
    return ok({
      status: 200,
      body: { login: member.login, id: member.githubId, moderator: member.moderator, news: member.news },
    });
  },
});
