import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from './diary.ts';
import type { Line, Row } from './published.ts';
import { Reader } from './reader.ts';

/** A gist as the story's GitHub shows it. */
interface StoryGist {
  public: boolean;
  owner: { id: number; login: string };
  html_url: string;
  fork_of?: object;
  /** Newest first. */
  history: { version: string }[];
  files: Record<string, { filename: string; size: number; raw_url: string }>;
}

interface StorySnapshot {
  at: number;
  rows: Row[];
  changes: Line[];
  removed: Line[];
  /** Over what the manifest says otherwise. */
  manifest: Record<string, unknown>;
  /** What the folder has besides, or instead. */
  files: Record<string, string>;
}

/** Two snapshots, and what happened before each. Tests change one thing of it. */
export interface Story {
  github: Record<string, StoryGist>;
  diary: Entry[];
  first: StorySnapshot;
  /** What happens between the two. */
  later: { github: Record<string, StoryGist | null>; diary: Entry[]; hourly: Line[] };
  second: StorySnapshot;
  /** Tampers with what is published, at the end. */
  tamper: (folder: string) => void;
  log: string;
}

const hex = (text: string, length: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
const ids: Record<string, number> = { otto: 4_000_000_001, wilma: 4_000_000_002 };
export const begin = Date.parse('2025-03-01T00:00:00.000Z');
export const hour = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

export const gistId = (name: string): string => hex(name, 32);
export const revision = (name: string, edits = 0): string => hex(`${name} ${edits}`, 40);

function gistOf(name: string, login: string): StoryGist {
  const raw_url = `https://raw.test/${login}/${gistId(name)}/raw/${hex(`blob ${name}`, 40)}/session.jsonl`;
  return {
    public: true,
    owner: { id: ids[login] ?? 0, login },
    html_url: `https://gist.test/${login}/${gistId(name)}`,
    history: [{ version: revision(name) }],
    files: { 'session.jsonl': { filename: 'session.jsonl', size: 7, raw_url } },
  };
}

function rowOf(name: string, login: string, seq: number, approvedAt: number): Row {
  const gist = gistOf(name, login);
  return {
    gist_id: gistId(name),
    gist_url: gist.html_url,
    gist_owner_id: String(ids[login]),
    gist_owner_login: login,
    gist_version: revision(name),
    approved_at: iso(approvedAt),
    license: 'CC0-1.0',
    record_id: `github_gist:${gistId(name)}`,
    seq,
    files: Object.values(gist.files).map(({ filename, size, raw_url }) => ({
      name: filename,
      bytes: size,
      git_blob_sha: /\/raw\/(\w+)\//.exec(raw_url)?.[1] ?? '',
      raw_url,
    })),
    license_declared_by: 'contributor',
    attestation_version: '1',
  };
}

export function lineOf(
  name: string,
  seq: number,
  kind: string,
  at: number,
  reason: string | null = null,
): Line {
  return {
    seq,
    kind,
    record_id: `github_gist:${gistId(name)}`,
    gist_id: gistId(name),
    gist_version: revision(name),
    previous_gist_version: null,
    reason,
    at: iso(at),
  };
}

/** The first gist stays; the second is withdrawn, the third deleted, the fourth reported. */
export function story(): Story {
  const owners: Record<string, string> = {
    stays: 'otto',
    withdrawn: 'wilma',
    deleted: 'otto',
    reported: 'wilma',
  };
  const names = Object.keys(owners);
  const submitted = names.map((name, i): Entry => {
    const owner_id = String(ids[owners[name] ?? '']);
    return {
      at: begin + i,
      what: 'submitted',
      gist_id: gistId(name),
      owner_id,
      license: 'CC0-1.0',
      revision: revision(name),
    };
  });
  const approvedAt = begin + hour;
  const approved = names.map(
    (name): Entry => ({ at: approvedAt, what: 'approved', gist_id: gistId(name), revision: revision(name) }),
  );
  const rows = names.map((name, i) => rowOf(name, owners[name] ?? '', i + 5, approvedAt));
  const tomorrow = begin + 24 * hour;
  const removed = [
    lineOf('withdrawn', 9, 'withdrawn', tomorrow),
    lineOf('reported', 10, 'suspended', tomorrow, 'spam'),
    lineOf('deleted', 11, 'suspended', tomorrow + 2 * hour),
  ];
  const recheck = (at: number): Entry => ({
    at,
    what: 'job',
    job: 'recheck',
    started: at - 1000,
    outcome: 'done',
  });
  return {
    github: Object.fromEntries(names.map((name) => [gistId(name), gistOf(name, owners[name] ?? '')])),
    diary: [
      ...Object.entries(ids).map(
        ([login, id]): Entry => ({ at: begin, what: 'account', login, owner_id: String(id) }),
      ),
      { at: begin, what: 'planted', mark: 'kanarie' },
      ...submitted,
      ...approved,
      recheck(begin + 2 * hour),
    ],
    first: {
      at: begin + 3 * hour,
      rows,
      changes: names.map((name, i) => lineOf(name, i + 5, 'added', approvedAt)),
      removed: [],
      manifest: { log_seq: 8, verified_from: iso(begin + 2 * hour) },
      files: {},
    },
    later: {
      github: { [gistId('deleted')]: null },
      diary: [
        { at: tomorrow, what: 'withdrew', gist_id: gistId('withdrawn') },
        { at: tomorrow, what: 'reported', gist_id: gistId('reported'), reason: 'spam', quarantined: true },
        { at: tomorrow, what: 'touched', gist_id: gistId('deleted'), how: 'deleted', harms: true },
        { at: tomorrow + hour, what: 'job', job: 'removals', started: tomorrow + hour, outcome: 'done' },
        recheck(tomorrow + 2 * hour),
      ],
      hourly: removed.slice(0, 2),
    },
    second: {
      at: tomorrow + 3 * hour,
      rows: rows.slice(0, 1),
      changes: removed,
      removed,
      manifest: { log_seq: 11, verified_from: iso(tomorrow + 2 * hour) },
      files: {},
    },
    tamper: () => undefined,
    log: 'GET /api/health 200\n',
  };
}

/** Plays the story to a reader; returns what it complains of. */
export async function tell(told: Story): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-story-'));
  const realFetch = globalThis.fetch;
  const github: Record<string, StoryGist | null> = { ...told.github };
  globalThis.fetch = async (input) => answerOf(String(input), github);
  const diary = join(folder, 'diary.ndjson');
  const write = (entries: Entry[]) => {
    for (const entry of entries) appendFileSync(diary, `${JSON.stringify(entry)}\n`);
  };
  try {
    const reader = new Reader({ published: folder, github: 'https://github.test', diary });
    write(told.diary);
    await reader.lookAtGitHub(begin + 2 * hour);
    publish(folder, told.first, null);
    await reader.readSnapshot();

    Object.assign(github, told.later.github);
    write(told.later.diary);
    writeFileSync(join(folder, 'latest/removed.ndjson'), linesOf(told.later.hourly));
    await reader.readHourly();
    await reader.lookAtGitHub(begin + 26 * hour);
    publish(folder, told.second, told.first);
    await reader.readSnapshot();
    told.tamper(folder);
    await reader.readSnapshot();
    await reader.readAgain(1, () => 0);
    reader.search('the log', told.log);
    return reader.complaints.sentences;
  } finally {
    globalThis.fetch = realFetch;
    rmSync(folder, { recursive: true });
  }
}

function answerOf(address: string, github: Record<string, StoryGist | null>): Response {
  const [, id = '', version] = /\/gists\/(\w+)(?:\/(\w+))?$/.exec(address) ?? [];
  const gist = github[id];
  const known = gist && (version === undefined || gist.history.some((one) => one.version === version));
  return known ? Response.json(gist) : Response.json({ message: 'Not Found' }, { status: 404 });
}

const linesOf = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const idOf = ({ at }: StorySnapshot) => iso(at).replace(/[:.]/g, '-');

function publish(folder: string, snapshot: StorySnapshot, previous: StorySnapshot | null): void {
  const id = idOf(snapshot);
  const files: Record<string, string> = {
    'urls.txt': snapshot.rows.map((row) => `${row.gist_url}\n`).join(''),
    'submissions.ndjson': linesOf(snapshot.rows),
    'changes.ndjson': linesOf(snapshot.changes),
    'removed.ndjson': linesOf(snapshot.removed),
  };
  const changes: Record<string, number> = {};
  for (const { kind } of snapshot.changes) changes[kind] = (changes[kind] ?? 0) + 1;
  const sum = (text: string) => createHash('sha256').update(text).digest('hex');
  const manifest = JSON.stringify({
    snapshot_id: id,
    snapshot_dir: `snapshots/${id}`,
    previous_snapshot: previous && idOf(previous),
    generated_at: iso(snapshot.at),
    record_count: snapshot.rows.length,
    changes,
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        { sha256: sum(text), bytes: Buffer.byteLength(text) },
      ]),
    ),
    ...snapshot.manifest,
  });
  const all = { ...files, 'manifest.json': manifest };
  const sums = Object.entries(all)
    .map(([name, text]) => `${sum(text)}  ${name}\n`)
    .join('');
  for (const place of [`snapshots/${id}`, 'latest']) {
    mkdirSync(join(folder, place), { recursive: true });
    for (const [name, text] of Object.entries({ ...all, SHA256SUMS: sums, ...snapshot.files })) {
      writeFileSync(join(folder, place, name), text);
    }
  }
}
