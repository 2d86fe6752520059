import type { Complaints } from './complaints.ts';
import type { Diary } from './diary.ts';
import type { Look, Shown } from './github.ts';
import type { Line, Row, Snapshot } from './published.ts';

const departures = ['suspended', 'withdrawn', 'removed', 'gone'];
const keys = 'at gist_id gist_version kind previous_gist_version reason record_id seq';
/** A move and the diary's entry about it are this far apart at most. */
const near = 60_000;
const hour = 3_600_000;
const day = 24 * hour;

const isDeparture = ({ kind }: Line): boolean => departures.includes(kind);

/** Nothing leaves silently: what was listed and is not any more has its line, and lines stay. */
export function checkDepartures(now: Snapshot, before: Snapshot | null, complaints: Complaints): void {
  const listed = new Map(now.rows.map((row) => [row.record_id, row]));
  const last = new Map<string, number>();
  for (const { record_id, seq } of now.removed) last.set(record_id, seq);
  for (const row of before?.rows ?? []) {
    if (listed.has(row.record_id)) continue;
    complaints.check(
      4,
      (last.get(row.record_id) ?? 0) > row.seq,
      () => `${row.record_id} left without a line`,
    );
  }
  for (const row of now.rows) {
    const seq = last.get(row.record_id);
    complaints.check(4, seq === undefined || seq < row.seq, () => `${row.record_id} is listed and departed`);
  }
  const then = before?.files.get('removed.ndjson') ?? Buffer.of();
  checkAppended(then, now.files.get('removed.ndjson') ?? Buffer.of(), 'removed.ndjson', complaints);
  const added = now.removed.slice(before?.removed.length ?? 0);
  const told = JSON.stringify(added) === JSON.stringify(now.changes.filter(isDeparture));
  complaints.check(4, told, () => 'removed.ndjson and changes.ndjson tell of other departures');
}

/** A file of lines begins with what it was. */
export function checkAppended(before: Buffer, now: Buffer, name: string, complaints: Complaints): void {
  complaints.check(4, now.subarray(0, before.length).equals(before), () => `${name} lost or changed a line`);
}

/** Whoever follows changes.ndjson from the snapshot before has the rows of this one. */
export function checkChanges(now: Snapshot, before: Snapshot | null, complaints: Complaints): void {
  const copy = new Map<string, { version: string; seq: number }>();
  for (const row of before?.rows ?? []) copy.set(row.record_id, { version: row.gist_version, seq: row.seq });
  let seq = before?.manifest.log_seq ?? 0;
  for (const line of now.changes) {
    const inOrder = line.seq > seq && line.seq <= now.manifest.log_seq;
    complaints.check(4, inOrder, () => `line ${line.seq} is out of order`);
    seq = line.seq;
    const had = copy.has(line.record_id);
    if (isDeparture(line)) copy.delete(line.record_id);
    else {
      const fits = line.kind === 'updated' ? had : !had;
      complaints.check(
        4,
        fits,
        () => `line ${line.seq} is ${line.kind} of a record that was ${had ? '' : 'not '}listed`,
      );
      copy.set(line.record_id, { version: line.gist_version, seq: line.seq });
    }
  }
  const wanted = new Map(now.rows.map((row) => [row.record_id, row]));
  for (const id of new Set([...copy.keys(), ...wanted.keys()])) {
    const [followed, row] = [copy.get(id), wanted.get(id)];
    const same = followed?.version === row?.gist_version && followed?.seq === row?.seq;
    complaints.check(
      4,
      same,
      () => `${id}: changes lead to ${JSON.stringify(followed)}, the row says ${row?.seq}`,
    );
  }
  checkQuiet(now, before, complaints);
}

/** A row that no line tells of is as it was; the time GitHub touched it and the ruleset's version are no change. */
function checkQuiet(now: Snapshot, before: Snapshot | null, complaints: Complaints): void {
  const told = new Set(now.changes.map((line) => line.record_id));
  const then = new Map((before?.rows ?? []).map((row) => [row.record_id, row]));
  const text = (row: Row) => JSON.stringify({ ...row, gist_updated_at: '', scanner_version: '' });
  for (const row of now.rows) {
    const earlier = then.get(row.record_id);
    if (told.has(row.record_id) || earlier === undefined) continue;
    complaints.check(4, text(earlier) === text(row), () => `${row.record_id} changed without a line`);
  }
}

/** A departure carries no name and no number of its owner. */
export function checkNameless(lines: readonly Line[], diary: Diary, complaints: Complaints): void {
  const names = diary.of('account').flatMap(({ login, owner_id }) => [login, owner_id]);
  for (const line of lines) {
    const text = JSON.stringify(line);
    const bare = Object.keys(line).sort().join(' ') === keys && !names.some((name) => text.includes(name));
    complaints.check(4, bare, () => `line ${line.seq} of removed.ndjson says who`);
  }
}

/** What a departure is held against: all lines so far, what people did, and the looks at GitHub, each in the order of time. */
export interface Past {
  lines: readonly Line[];
  diary: Diary;
  looks: readonly Look[];
}

/** Every departure has a cause that is somebody's act. An outage is nobody's, so what departs by one has none. */
export function checkCauses(lines: readonly Line[], past: Past, complaints: Complaints): void {
  for (const line of lines.filter(isDeparture)) {
    complaints.check(
      6,
      isCaused(line, past),
      () => `${line.record_id} is ${line.kind} at ${line.at}, and nobody did that (${JSON.stringify(line)})`,
    );
  }
}

function isCaused(line: Line, past: Past): boolean {
  const at = Date.parse(line.at);
  const around = past.diary.about(line.gist_id, at - near, at + near);
  switch (line.kind) {
    case 'withdrawn':
      return around.some((entry) => entry.what === 'withdrew');
    case 'removed':
      return around.some(
        (entry) =>
          (entry.what === 'removed' || entry.what === 'rejected') && publicly(entry.reason) === line.reason,
      );
    case 'suspended':
      return (
        around.some((entry) => entry.what === 'reported' && entry.quarantined) ||
        isHarmed(line, at, past) ||
        isOtherThanListed(line, at, past)
      );
    default: {
      const before = past.lines.findLast((one) => one.record_id === line.record_id && one.seq < line.seq);
      const long = before?.kind === 'suspended' && at - Date.parse(before.at) >= day;
      return long && isLost(shownAt(line, at, past), past.diary, line.gist_id);
    }
  }
}

/** Was something done to the gist since it was listed? */
function isHarmed(line: Line, at: number, { lines, diary }: Past): boolean {
  const listed = lines.findLast(
    (one) => one.record_id === line.record_id && one.seq < line.seq && !isDeparture(one),
  );
  const since = listed === undefined ? 0 : Date.parse(listed.at) - near;
  return diary.about(line.gist_id, since, at + near).some((entry) => entry.what === 'touched' && entry.harms);
}

/** Did GitHub show something else than what was listed? It may have done so before, while nobody looked. */
function isOtherThanListed(line: Line, at: number, past: Past): boolean {
  const shown = shownAt(line, at, past);
  if (shown === undefined) return false;
  return isLost(shown, past.diary, line.gist_id) || shown?.revision !== line.gist_version;
}

/** What GitHub showed of the gist when the line was written; undefined where nobody looked then. */
function shownAt(line: Line, at: number, { looks }: Past): Shown | undefined {
  const look = looks.find((one) => one.at >= at && one.at < at + hour);
  return look?.gists.get(line.gist_id);
}

function publicly(reason: string): string {
  return ['secret', 'personal_data'].includes(reason) ? 'policy' : reason;
}

/** Is the gist not there as its owner's public gist? */
export function isLost(shown: Shown | undefined, diary: Diary, gistId: string): boolean {
  const owner = diary.of('submitted').findLast((entry) => entry.gist_id === gistId)?.owner_id;
  return shown == null || !shown.public || shown.ownerId !== owner;
}
