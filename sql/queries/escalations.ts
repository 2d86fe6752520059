import type { Db } from '../db.ts';

export interface Escalation {
  gistId: string;
  /** Login of the moderator; null when the account was erased. */
  by: string | null;
  note: string | null;
  at: Date;
}

/** Is `e` an escalation of the submission `s` as it stands? */
export const escalated = 'e.gist_id = s.gist_id and e.revision = s.revision';

/**
 * A moderator asks another to look at this revision, in place of who asked before. Null when the row does not wait at
 * this revision, or the moderator's account was erased: nothing is written then.
 */
export async function escalate(
  db: Db,
  asked: { gistId: string; revision: string; accountId: string; note: string | null },
): Promise<Escalation | null> {
  // The lock makes one of this and a decision wait for the other, which takes the escalation away.
  const { rows } = await db.query<Escalation>(
    `with standing as (
       select gist_id, revision from submission s
        where gist_id = $1 and revision = $2
          and (state in ('pending', 'changed', 'quarantined')
               or (state = 'approved'
                   and exists (select from report where report.gist_id = s.gist_id and closed_at is null)))
          for update
     ), asker as (
       select id from account where id = $3 and erased_at is null for key share
     ), asked as (
       insert into escalation (gist_id, account_id, revision, note) select gist_id, id, revision, $4 from standing, asker
       on conflict (gist_id) do update
         set (account_id, revision, note, at) = row (excluded.account_id, excluded.revision, excluded.note, excluded.at)
       returning gist_id, account_id, note, at
     )
     select gist_id as "gistId", login as by, note, at from asked left join account on account.id = account_id`,
    [asked.gistId, asked.revision, asked.accountId, asked.note],
  );
  return rows[0] ?? null;
}

/** A moderator has decided: nobody is asked any more. */
export async function endEscalation(db: Db, gistId: string): Promise<void> {
  await db.query('delete from escalation where gist_id = $1', [gistId]);
}

/** What another moderator is asked to look at, of these gists at their present revisions, by gist id. */
export async function listEscalations(db: Db, gistIds: readonly string[]): Promise<Map<string, Escalation>> {
  const { rows } = await db.query<Escalation>(
    `select e.gist_id as "gistId", login as by, note, at
       from escalation e join submission s on ${escalated} left join account on account.id = e.account_id
      where e.gist_id = any($1)`,
    [gistIds],
  );
  return new Map(rows.map((row) => [row.gistId, row]));
}
