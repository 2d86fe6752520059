import type { Db } from '#sql/db.ts';
import { gistIdOf, revisionOf } from '#sql/testing-rows.ts';

/** Makes the three tables of the original as its Prisma schema has them. */
export async function createOriginal(db: Db): Promise<void> {
  await db.query(`
    create type "UserRole" as enum ('USER', 'MODERATOR');
    create type "SubmissionState" as enum ('PENDING', 'APPROVED', 'REJECTED', 'REMOVED');
    create table "User" (
      "id" text primary key,
      "githubId" text not null unique,
      "githubLogin" text not null unique,
      "name" text,
      "email" text,
      "image" text,
      "role" "UserRole" not null default 'USER',
      "createdAt" timestamp(3) not null default current_timestamp,
      "updatedAt" timestamp(3) not null
    );
    create table "Submission" (
      "id" text primary key,
      "gistId" text not null unique,
      "gistUrl" text not null,
      "gistOwnerId" text not null,
      "gistOwnerLogin" text not null,
      "gistDescription" text,
      "gistVersion" text not null,
      "gistUpdatedAt" timestamp(3) not null,
      "lastCheckedAt" timestamp(3) not null,
      "isAvailable" boolean not null default true,
      "state" "SubmissionState" not null default 'PENDING',
      "moderationReason" text,
      "submitterId" text not null references "User" on delete cascade on update cascade,
      "lastModeratedById" text,
      "lastModeratedByName" text,
      "lastModeratedAt" timestamp(3),
      "createdAt" timestamp(3) not null default current_timestamp,
      "updatedAt" timestamp(3) not null
    );
    create table "ModerationLog" (
      "id" text primary key,
      "submissionId" text not null references "Submission" on delete cascade on update cascade,
      "moderatorId" text not null references "User" on delete cascade on update cascade,
      "fromState" "SubmissionState" not null,
      "toState" "SubmissionState" not null,
      "reason" text,
      "createdAt" timestamp(3) not null default current_timestamp
    );
    create index on "Submission" ("state", "createdAt");
    create index on "Submission" ("submitterId", "createdAt");
    create index on "ModerationLog" ("submissionId", "createdAt");
    create index on "ModerationLog" ("moderatorId", "createdAt");`);
}

export type StateThere = 'PENDING' | 'APPROVED' | 'REJECTED' | 'REMOVED';

/** GitHub id of the made-up account with this number. */
export const personIdOf = (number: number): string => String(5_000_000 + number);

/** Adds an account with this number: mail, name and picture, too, as it had. Number 1 is a moderator. */
export async function addUser(db: Db, number: number, login = `person-${number}`): Promise<void> {
  await db.query(
    `insert into "User" ("id", "githubId", "githubLogin", "name", "email", "image", "role", "createdAt", "updatedAt")
     values ('u' || $1::int, $2, $3, 'Real Name ' || $1::int, 'person' || $1::int || '@mail.example', 'https://pictures.example/' || $1::int,
             (case when $1::int = 1 then 'MODERATOR' else 'USER' end)::"UserRole", '2026-02-01', '2026-02-01')`,
    [number, personIdOf(number), login],
  );
}

/** Adds a submission with this number by the account with that number, submitted so many minutes after 2026-03-01. */
export async function addSubmission(
  db: Db,
  number: number,
  given: { by: number; state?: StateThere; columns?: Record<string, string | null> },
): Promise<void> {
  const columns: Record<string, unknown> = {
    id: `s${number}`,
    gistId: gistIdOf(number),
    gistUrl: `https://gist.github.com/person-${given.by}/${gistIdOf(number)}`,
    gistOwnerId: personIdOf(given.by),
    gistOwnerLogin: `person-${given.by}`,
    gistDescription: `Session ${number}`,
    gistVersion: revisionOf(number),
    gistUpdatedAt: '2026-02-28 12:00:00.123',
    lastCheckedAt: '2026-03-01 00:00:00.456',
    state: given.state ?? 'PENDING',
    submitterId: `u${given.by}`,
    createdAt: timeOf(number),
    updatedAt: timeOf(number),
    ...given.columns,
  };
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const places = names.map((_, i) => `$${i + 1}`);
  await db.query(
    `insert into "Submission" (${names.join(', ')}) values (${places.join(', ')})`,
    Object.values(columns),
  );
}

/** Has moderator number 1 decide so many hours after the submission, as the original did: row and log. */
export async function decideThere(
  db: Db,
  number: number,
  to: StateThere,
  { hours, reason = null }: { hours: number; reason?: string | null },
): Promise<void> {
  const at = timeOf(number + 60 * hours);
  await db.query(
    `insert into "ModerationLog" ("id", "submissionId", "moderatorId", "fromState", "toState", "reason", "createdAt")
     select 'l' || $1::int || '-' || $2::int, "id", 'u1', "state", $3::"SubmissionState", $4, $5 from "Submission" where "id" = 's' || $1::int`,
    [number, hours, to, reason, at],
  );
  await db.query(
    `update "Submission" set "state" = $2::"SubmissionState", "moderationReason" = $3, "lastModeratedById" = 'u1',
            "lastModeratedByName" = 'person-1', "lastModeratedAt" = $4, "updatedAt" = $4 where "id" = 's' || $1::int`,
    [number, to, reason, at],
  );
}

/** Has the owner submit again what is there, which the original let them whatever had been decided. */
export async function resubmitThere(db: Db, number: number, hours: number): Promise<void> {
  await db.query(
    `update "Submission" set "state" = 'PENDING', "moderationReason" = null, "updatedAt" = $2 where "id" = 's' || $1::int`,
    [number, timeOf(number + 60 * hours)],
  );
}

/**
 * Fills an original with so many submissions of a tenth as many accounts. Of ten, five are approved, one is pending, one
 * rejected, one removed after it was approved, one removed and then submitted again, and one approved at the second try.
 */
export async function fillOriginal(db: Db, submissions: number): Promise<void> {
  await db.query(
    `insert into "User" ("id", "githubId", "githubLogin", "name", "email", "role", "createdAt", "updatedAt")
     select 'u' || n, (5000000 + n)::text, 'person-' || n, 'Real Name ' || n, 'person' || n || '@mail.example',
            (case when n = 1 then 'MODERATOR' else 'USER' end)::"UserRole", '2026-02-01', '2026-02-01'
       from generate_series(1, greatest(2, $1::int / 10)) n`,
    [submissions],
  );
  await db.query(
    `insert into "Submission" ("id", "gistId", "gistUrl", "gistOwnerId", "gistOwnerLogin", "gistDescription", "gistVersion",
       "gistUpdatedAt", "lastCheckedAt", "state", "moderationReason", "submitterId", "lastModeratedById",
       "lastModeratedByName", "lastModeratedAt", "createdAt", "updatedAt")
     select 's' || n, lpad(to_hex(n), 32, '0'), 'https://gist.github.com/person-' || p || '/' || lpad(to_hex(n), 32, '0'),
            (5000000 + p)::text, 'person-' || p, 'Session ' || n, lpad(to_hex(n), 40, 'a'), day, day,
            (array['APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'PENDING', 'REJECTED', 'REMOVED', 'PENDING', 'APPROVED'])[n % 10 + 1]::"SubmissionState",
            case when n % 10 in (6, 7) then 'Words of a moderator about ' || n end, 'u' || p,
            case when n % 10 <> 5 then 'u1' end, case when n % 10 <> 5 then 'person-1' end,
            case when n % 10 <> 5 then day + interval '3 hours' end, day, day + interval '4 hours'
       from generate_series(1, $1::int) n,
            lateral (select n % greatest(2, $1::int / 10) + 1 as p, timestamp '2026-03-01' + n * interval '1 minute' as day) made`,
    [submissions],
  );
  await db.query(
    `insert into "ModerationLog" ("id", "submissionId", "moderatorId", "fromState", "toState", "reason", "createdAt")
     select 'l' || n || '-' || step, 's' || n, 'u1', came::"SubmissionState", went::"SubmissionState",
            case when went in ('REJECTED', 'REMOVED') then 'Words of a moderator about ' || n end,
            timestamp '2026-03-01' + n * interval '1 minute' + step * interval '1 hour'
       from generate_series(1, $1::int) n,
            (values (0, 1, 'PENDING', 'APPROVED'), (1, 1, 'PENDING', 'APPROVED'), (2, 1, 'PENDING', 'APPROVED'),
                    (3, 1, 'PENDING', 'APPROVED'), (4, 1, 'PENDING', 'APPROVED'), (6, 1, 'PENDING', 'REJECTED'),
                    (7, 1, 'PENDING', 'APPROVED'), (7, 3, 'APPROVED', 'REMOVED'), (8, 3, 'PENDING', 'REMOVED'),
                    (9, 1, 'PENDING', 'REJECTED'), (9, 3, 'PENDING', 'APPROVED')) as log (tenth, step, came, went)
      where n % 10 = tenth`,
    [submissions],
  );
}

function timeOf(minutes: number): string {
  return new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString().slice(0, -1);
}
