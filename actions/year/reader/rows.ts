import type { Complaints, PromiseNumber } from './complaints.ts';
import { isLost } from './departures.ts';
import type { Diary, Standing } from './diary.ts';
import { filesAt, type Look, type Shown } from './github.ts';
import type { Line, Row, Snapshot } from './published.ts';

/** What a snapshot's rows are held against. */
export interface Known {
  diary: Diary;
  /** Where every gist stood when the snapshot was made. */
  standings: ReadonlyMap<string, Standing>;
  /** The looks so far, in the order of time. */
  looks: readonly Look[];
  /** The look at the end of the last recheck that did its work before the snapshot; null before the first. */
  checked: Look | null;
  /** Those at the end of rechecks since, which were killed or gave up: they have looked at some rows, and do not tell which. */
  cutShort: readonly Look[];
  /** Those of them at which rows may have been taken out: their rechecks did not say that they took none. */
  mayHaveLost: readonly Look[];
  /** Address of GitHub. */
  github: string;
}

/** Each row is what a moderator read, still true when last checked, and under the licence its owner chose. */
export async function checkRows(
  now: Snapshot,
  before: Snapshot | null,
  known: Known,
  complaints: Complaints,
): Promise<void> {
  const read = new Set((before?.rows ?? []).map((row) => `${row.gist_id} ${row.gist_version}`));
  for (const row of now.rows) {
    const standing = known.standings.get(row.gist_id);
    checkRead(row, standing, known, complaints);
    checkTrue(row, standing, known, complaints);
    const chosen = standing?.license === row.license && row.license_declared_by === 'contributor';
    complaints.check(
      8,
      chosen && row.attestation_version !== '',
      () => `${row.gist_id} is under ${row.license}, its owner chose ${standing?.license}`,
    );
    // Files of a revision never change, so each revision is held against GitHub once.
    if (!read.has(`${row.gist_id} ${row.gist_version}`)) await checkContents(row, known, complaints);
  }
  checkVerified(now, known, complaints);
}

function checkRead(row: Row, standing: Standing | undefined, { diary }: Known, complaints: Complaints): void {
  const read = standing?.approved?.revision === row.gist_version;
  complaints.check(1, read, () => `no moderator approved ${row.gist_id} at ${row.gist_version}`);
  const at = standing?.approved?.at ?? 0;
  const then = Math.abs(at - Date.parse(row.approved_at)) < 60_000;
  complaints.check(1, then, () => `${row.gist_id} was not approved at ${row.approved_at}`);
  const state = standing?.state ?? 'never submitted';
  complaints.check(7, state !== 'withdrawn', () => `${row.gist_id} is listed, and its owner took it back`);
  const stands = state === 'approved' || state === 'withdrawn';
  complaints.check(4, stands, () => `${row.gist_id} is listed, and is ${state}`);
  const submitted = diary
    .of('submitted')
    .some((entry) => entry.gist_id === row.gist_id && entry.owner_id === row.gist_owner_id);
  complaints.check(
    2,
    submitted && standing?.ownerId === row.gist_owner_id,
    () => `${row.gist_id} was not offered by ${row.gist_owner_id}`,
  );
}

/**
 * Held against GitHub as it was at the last recheck of the row, unless it was decided about since: that was the last one
 * that did its work, or one cut short since.
 */
function checkTrue(
  row: Row,
  standing: Standing | undefined,
  { checked, cutShort }: Known,
  complaints: Complaints,
): void {
  if (checked === null || standing === undefined || standing.since > checked.at) return;
  const isTrue = ({ gists }: Look) => claims(row, gists.get(row.gist_id)).every(([, holds]) => holds);
  const { gists } = cutShort.find(isTrue) ?? checked;
  for (const [promise, holds, sentence] of claims(row, gists.get(row.gist_id))) {
    complaints.check(promise, holds, () => `${row.gist_id} ${sentence}`);
  }
}

/** What a listed row says of its gist, and whether it is so: by promise, with the sentence to complain with. */
function claims(
  row: Row,
  shown: Shown | undefined,
): [promise: PromiseNumber, holds: boolean, sentence: string][] {
  if (shown === undefined) return [[2, false, 'was not looked at']];
  if (shown === null) return [[2, false, 'is listed, and gone at GitHub']];
  const { gist_owner_id, gist_owner_login: login, gist_url: url, gist_version: version } = row;
  return [
    [2, shown.public && !shown.fork, 'is listed, and secret or a fork'],
    [2, shown.ownerId === gist_owner_id, `is listed, and belongs to ${shown.ownerId}`],
    [1, shown.revision === version, `is listed at ${version}, and was edited`],
    [2, shown.ownerLogin === login && shown.url === url, `says ${login} ${url}, GitHub says ${shown.url}`],
  ];
}

async function checkContents(row: Row, { github }: Known, complaints: Complaints): Promise<void> {
  const files = await filesAt(github, row.gist_id, row.gist_version);
  // A gist that went since the last recheck shows no revision.
  if (files === null) return;
  const said = row.files.map(({ name, bytes, git_blob_sha }) => `${name} ${bytes} ${git_blob_sha}`);
  complaints.check(
    1,
    said.sort().join() === files.sort().join(),
    () => `${row.gist_id} has other files at ${row.gist_version}`,
  );
}

/** The manifest says since when every row was checked: not before the last recheck that looked at all of them. */
function checkVerified(
  { manifest, rows }: Snapshot,
  { checked, standings, diary }: Known,
  complaints: Complaints,
): void {
  const recheck = diary
    .of('job')
    .findLast(
      (job) => job.job === 'recheck' && job.outcome === 'done' && job.at <= Date.parse(manifest.generated_at),
    );
  if (checked === null || recheck === undefined || rows.length === 0) return;
  // A quarantine that ended since brings back a row that was not looked at.
  if (rows.some((row) => (standings.get(row.gist_id)?.since ?? 0) > recheck.started)) return;
  const from = Date.parse(manifest.verified_from ?? '');
  complaints.check(
    2,
    from >= recheck.started - 1000,
    () => `rows were verified at ${manifest.verified_from}, before the last recheck began`,
  );
}

/** What ought to be listed is: a row that fell out of the index by somebody else's fault would be missed here. */
export function checkComplete(
  now: Snapshot,
  known: Known,
  lines: readonly Line[],
  complaints: Complaints,
): void {
  const { checked, mayHaveLost, standings, looks, diary } = known;
  if (checked === null) return;
  const listed = new Set(now.rows.map((row) => row.gist_id));
  for (const [gistId, { state, approved, since }] of standings) {
    // What was decided since the last recheck may be on its way.
    if (state !== 'approved' || approved === null || since > checked.at) continue;
    const shown = checked.gists.get(gistId) ?? null;
    if (shown?.revision !== approved.revision || shown.fork) continue;
    if ([checked, ...mayHaveLost].some(({ gists }) => isLost(gists.get(gistId), diary, gistId))) continue;
    const seen = looks.filter(({ at }) => at >= approved.at).map(({ gists }) => gists.get(gistId) ?? null);
    const edited = seen.some((look) => look !== null && (look.revision !== approved.revision || look.fork));
    const gaveUp = lines.findLast((line) => line.gist_id === gistId)?.kind === 'gone';
    if (edited || gaveUp) continue;
    complaints.check(6, listed.has(gistId), () => `${gistId} is approved and there, and is not listed`);
  }
}
