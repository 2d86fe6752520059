import type { Db } from '../db.ts';

/*
 * The database of the original site, as its Prisma schema made it: its three tables, read and never written. Its times are
 * UTC without saying so. What comes out is somebody else's, and is not checked here.
 */

/** The schema its tables are in. */
export type OriginalSchema = string;

const tables = ['User', 'Submission', 'ModerationLog'] as const;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const place = (schema: OriginalSchema, table: (typeof tables)[number]) =>
  `${quoted(schema)}.${quoted(table)}`;
const utc = (column: string): string => `${column} at time zone 'UTC'`;

/** Which of the original's tables are not there. */
export async function listMissingTables(db: Db, schema: OriginalSchema): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    'select name from unnest($1::text[], $2::text[]) as wanted (name, place) where to_regclass(place) is null',
    [tables, tables.map((table) => place(schema, table))],
  );
  return rows.map(({ name }) => name);
}

export async function countOriginalSubmissions(db: Db, schema: OriginalSchema): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`select count(*) from ${place(schema, 'Submission')}`);
  return Number(rows[0]?.count ?? 0);
}

/** GitHub ids of the accounts that were moderators there. */
export async function listOriginalModerators(db: Db, schema: OriginalSchema): Promise<unknown[]> {
  const { rows } = await db.query<{ githubId: unknown }>(
    `select "githubId" from ${place(schema, 'User')} where "role"::text = 'MODERATOR' order by "githubId" limit 1000`,
  );
  return rows.map(({ githubId }) => githubId);
}

/**
 * The next submissions behind `after`, an id, in the order of their ids: each with who submitted it, who decided about it
 * last, and its log, oldest line first. Mail, names and pictures of people are not read.
 */
export async function listOriginalSubmissions(
  db: Db,
  schema: OriginalSchema,
  page: { after: string; limit: number },
): Promise<unknown[]> {
  const { rows } = await db.query(
    `select s."id", s."gistId", s."gistOwnerId", s."gistOwnerLogin", s."gistDescription", s."gistVersion",
            ${utc('s."gistUpdatedAt"')} as "gistUpdatedAt", ${utc('s."lastCheckedAt"')} as "lastCheckedAt",
            s."state"::text, s."moderationReason", ${utc('s."lastModeratedAt"')} as "lastModeratedAt",
            ${utc('s."createdAt"')} as "createdAt", ${utc('s."updatedAt"')} as "updatedAt",
            ${account('submitter')} as "submitter", ${account('moderator')} as "lastModeratedBy",
            coalesce((
              select json_agg(json_build_object(
                       'from', l."fromState", 'to', l."toState", 'reason', l."reason",
                       'at', ${utc('l."createdAt"')}, 'by', ${account('decider')}
                     ) order by l."createdAt", l."id")
                from ${place(schema, 'ModerationLog')} l
                left join ${place(schema, 'User')} decider on decider."id" = l."moderatorId"
               where l."submissionId" = s."id"
            ), '[]') as "log"
       from ${place(schema, 'Submission')} s
       left join ${place(schema, 'User')} submitter on submitter."id" = s."submitterId"
       left join ${place(schema, 'User')} moderator on moderator."id" = s."lastModeratedById"
      where s."id" > $1 order by s."id" limit $2`,
    [page.after, page.limit],
  );
  return rows;
}

/** Of a row of "User", or null: what is taken over of it. */
const account = (alias: string): string =>
  `case when ${alias}."id" is not null then json_build_object('githubId', ${alias}."githubId", 'login', ${alias}."githubLogin", 'since', ${utc(`${alias}."createdAt"`)}) end`;
