import type { State } from '#domain/submission.ts';
import type { Db } from '../db.ts';

/** Another submission that seems to hold the same session. */
export interface Duplicate {
  gistId: string;
  title: string;
  state: State;
  ownerLogin: string;
  sameSession: boolean;
  sameContent: boolean;
}

/**
 * Submissions, withdrawn ones aside, that share a session id or the content key with the inspection `i` of another, all
 * at their present revisions. `offset 0` has PostgreSQL begin at the keys, whose number it cannot guess.
 */
export const sameSession = `
  inspection other cross join lateral (
    select gist_id, title, state, owner_login, submitted_at from submission
     where gist_id = other.gist_id and revision = other.revision and state <> 'withdrawn'
    offset 0
  ) as twin
  where (other.content_key = i.content_key or other.session_ids && i.session_ids) and other.gist_id <> i.gist_id`;

/** Of a session offered over and over, so many are looked at. */
export const lookedAt = 100;
const most = 5;

/** Up to five other submissions of the same session for each of these gists, oldest first, by gist id. */
export async function listDuplicates(db: Db, gistIds: readonly string[]): Promise<Map<string, Duplicate[]>> {
  const { rows } = await db.query<Duplicate & { likeId: string }>(
    `select s.gist_id as "likeId", same.gist_id as "gistId", same.title, same.state, same.owner_login as "ownerLogin",
            "sameSession", "sameContent"
       from submission s join inspection i using (gist_id, revision)
      cross join lateral (
        select * from (
          select twin.gist_id, twin.title, twin.state, twin.owner_login, twin.submitted_at,
                 coalesce(other.session_ids && i.session_ids, false) as "sameSession",
                 coalesce(other.content_key = i.content_key, false) as "sameContent"
            from ${sameSession} limit ${lookedAt}
        ) as few order by submitted_at, gist_id limit ${most}
      ) as same
      where s.gist_id = any($1)
      order by same.submitted_at, same.gist_id`,
    [gistIds],
  );
  const duplicates = new Map<string, Duplicate[]>();
  for (const { likeId, ...duplicate } of rows) {
    duplicates.set(likeId, [...(duplicates.get(likeId) ?? []), duplicate]);
  }
  return duplicates;
}
