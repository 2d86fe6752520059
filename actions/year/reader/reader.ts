import { Complaints } from './complaints.ts';
import { checkAppended, checkCauses, checkChanges, checkDepartures, checkNameless } from './departures.ts';
import { Diary } from './diary.ts';
import {
  checkFiles,
  checkForContent,
  checkSuccession,
  checkUnchanged,
  rememberSums,
  type Sums,
} from './files.ts';
import { type Look, lookAt } from './github.ts';
import { checkParquet } from './parquet.ts';
import { type Line, type Published, publishedAt, readLines, readNewest, type Snapshot } from './published.ts';
import { checkComplete, checkRows } from './rows.ts';

/** What the index has to be asked for, and who knows better. */
export interface Sources {
  /** Where the dataset is published: an address or a folder. */
  published: string;
  /** Address of GitHub. */
  github: string;
  /** The file in which people write what they did. */
  diary: string;
}

/**
 * A stranger who follows the dataset for a long time, remembers all of it, and holds the promises of the index against
 * what people did and what GitHub shows. It uses nothing of the index but its published files.
 */
export class Reader {
  readonly complaints = new Complaints();
  /** Snapshots it has seen. */
  snapshots = 0;
  readonly #published: Published;
  readonly #github: string;
  readonly #diary: Diary;
  readonly #sums: Sums = new Map();
  readonly #changes: Line[] = [];
  #looks: Look[] = [];
  #before: Snapshot | null = null;
  #hourly: Buffer = Buffer.of();

  constructor({ published, github, diary }: Sources) {
    this.#published = publishedAt(published);
    this.#github = github;
    this.#diary = new Diary(diary);
  }

  /** Looks at every gist that was ever submitted; at the moment when a recheck has ended. */
  async lookAtGitHub(at: number): Promise<void> {
    this.#diary.read();
    const ids = new Set(this.#diary.of('submitted').map((entry) => entry.gist_id));
    this.#looks.push(await lookAt(this.#github, ids, at));
  }

  /** Reads the newest snapshot, if there is one it has not seen. */
  async readSnapshot(): Promise<void> {
    this.#diary.read();
    const snapshot = await readNewest(this.#published);
    if (snapshot === null) return;
    const { complaints } = this;
    const before = this.#before;
    if (snapshot.manifest.snapshot_id === before?.manifest.snapshot_id) {
      complaints.check(
        5,
        snapshot.manifestBytes.equals(before.manifestBytes),
        () => 'latest/manifest.json was changed',
      );
      return;
    }
    this.snapshots += 1;
    checkFiles(snapshot, complaints);
    await checkParquet(snapshot, complaints);
    checkSuccession(snapshot, before, complaints);
    checkChanges(snapshot, before, complaints);
    checkDepartures(snapshot, before, complaints);
    checkNameless(snapshot.changes, this.#diary, complaints);
    this.#changes.push(...snapshot.changes);
    const past = { lines: this.#changes, diary: this.#diary, looks: this.#looks };
    checkCauses(snapshot.changes, past, complaints);
    const known = this.#knownAt(Date.parse(snapshot.manifest.generated_at));
    await checkRows(snapshot, before, known, complaints);
    checkComplete(snapshot, known, this.#changes, complaints);
    for (const [name, bytes] of snapshot.files) {
      checkForContent(
        this.#diary,
        `${snapshot.manifest.snapshot_id}/${name}`,
        bytes.toString('latin1'),
        complaints,
      );
    }
    rememberSums(snapshot, this.#sums);
    this.#before = snapshot;
    await this.#readRemovals();
  }

  /** Reads `latest/removed.ndjson`, which is newer than the snapshot; to be called when it was just refreshed. */
  async readHourly(): Promise<void> {
    this.#diary.read();
    await this.#readRemovals();
    const before = this.#before;
    if (before === null) return;
    const lines: Line[] = readLines(this.#hourly);
    const refreshed = this.#diary
      .of('job')
      .findLast((job) => job.job === 'removals' && job.outcome === 'done');
    if (refreshed === undefined) return;
    const since = Date.parse(before.manifest.generated_at);
    for (const row of before.rows) {
      const done = this.#diary.about(row.gist_id, since, refreshed.started);
      const left = done.findLast((entry) => ['withdrew', 'removed', 'reported'].includes(entry.what));
      if (left === undefined || (left.what === 'reported' && !left.quarantined)) continue;
      const told = lines.some((line) => line.record_id === row.record_id && line.seq > row.seq);
      this.complaints.check(
        7,
        told,
        () => `${row.gist_id} was ${left.what}, and the hourly removals do not say so`,
      );
    }
    checkNameless(lines.slice(before.removed.length), this.#diary, this.complaints);
  }

  /** Finds what was planted in any other text the index leaves: logs, its database. */
  search(name: string, text: string): void {
    checkForContent(this.#diary, name, text, this.complaints);
  }

  /** Reads all files of the latest snapshots again, and of some earlier ones; of all where `share` is 1. */
  async readAgain(share: number, random: () => number): Promise<void> {
    const all = [...this.#sums];
    await checkUnchanged(
      this.#published,
      all.filter(() => random() < share),
      this.complaints,
    );
  }

  async #readRemovals(): Promise<void> {
    const now = (await this.#published('latest/removed.ndjson')) ?? Buffer.of();
    checkAppended(this.#hourly, now, 'latest/removed.ndjson', this.complaints);
    const own = this.#before?.files.get('removed.ndjson') ?? Buffer.of();
    checkAppended(own, now, 'latest/removed.ndjson, against the snapshot,', this.complaints);
    checkForContent(this.#diary, 'latest/removed.ndjson', now.toString('latin1'), this.complaints);
    this.#hourly = now;
  }

  #knownAt(at: number) {
    const recheck = this.#diary
      .of('job')
      .findLast((job) => job.job === 'recheck' && job.outcome === 'done' && job.at <= at);
    const checked = recheck ? (this.#looks.find((look) => look.at >= recheck.at) ?? null) : null;
    const looks = this.#looks.filter((look) => look.at <= at);
    const cutShort = checked === null ? [] : looks.filter((look) => look.at > checked.at);
    const rechecks = this.#diary.of('job').filter(({ job }) => job === 'recheck');
    const outcomeAt = (look: Look) => rechecks.findLast((job) => job.at <= look.at)?.outcome;
    return {
      diary: this.#diary,
      standings: this.#diary.standings(at),
      looks,
      checked,
      cutShort,
      mayHaveLost: cutShort.filter((look) => outcomeAt(look) !== 'refused'),
      github: this.#github,
    };
  }
}
