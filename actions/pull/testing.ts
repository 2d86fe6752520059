import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DatasetChange, snapshotId } from '#domain/snapshot.ts';
import { diskSentence } from '../disk-sentence.ts';
import { writeHashed } from '../export/hashed-file.ts';
import { snapshotFolder } from '../export/output-folder.ts';
import { sealSnapshot } from '../export/write-snapshot.ts';
import { JobFailure } from '../failure.ts';
import { type SourceOptions, sourceOf } from '../fetch/source.ts';
import { report } from './report.ts';
import { type Input, run, type Tools } from './run.ts';

/** An empty folder for one test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-pull-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const hex = (number: number, length: number) => number.toString(16).padStart(length, '0');

/** A row of a snapshot: made-up session `n`, listed by the log's line `seq`. */
export function rowOf(n: number, seq = n) {
  const gistId = `a${hex(n, 31)}`;
  const sha = hex(n, 40);
  return {
    gist_id: gistId,
    gist_url: `https://gist.github.com/someone/${gistId}`,
    gist_owner_login: 'someone',
    gist_version: sha,
    approved_at: '2026-03-01T00:00:00.000Z',
    license: 'CC0-1.0',
    record_id: `github_gist:${gistId}`,
    seq,
    title: `Session ${n}`,
    files: [
      {
        name: 'session.jsonl',
        bytes: 10,
        git_blob_sha: sha,
        raw_url: `https://gist.githubusercontent.com/someone/${gistId}/raw/${sha}/session.jsonl`,
      },
    ],
    total_bytes: 10,
    agent: 'codex',
    format: 'codex',
    session_ids: null,
    models: null,
    started_at: null,
    user_messages: 1,
    assistant_messages: 1,
    tool_calls: 0,
  };
}

/** A line of removed.ndjson: session `n` left by the log's line `seq`. */
export function removalOf(n: number, seq: number): DatasetChange {
  const { record_id, gist_id, gist_version } = rowOf(n);
  const previous_gist_version = gist_version;
  const at = '2026-03-01T00:00:00.000Z';
  return {
    seq,
    kind: 'withdrawn',
    record_id,
    gist_id,
    gist_version,
    previous_gist_version,
    reason: null,
    at,
  };
}

export const linesOf = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

export interface Published {
  at: Date;
  logSeq: number;
  rows: readonly object[];
  removed: readonly object[];
}

/** Publishes a snapshot in a folder, and its departures as the hour's; answers its id. */
export async function publish(place: string, { at, logSeq, rows, removed }: Published): Promise<string> {
  const id = snapshotId(at);
  const folder = snapshotFolder(place, id);
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string) => writeHashed(join(folder, name), text);
  const files = {
    'urls.txt': await write('urls.txt', 'https://gist.github.com/someone/some\n'.repeat(rows.length)),
    'submissions.ndjson': await write('submissions.ndjson', linesOf(rows)),
    'removed.ndjson': await write('removed.ndjson', linesOf(removed)),
  };
  const head = { recordCount: rows.length, logSeq, verifiedFrom: null, verifiedTo: null };
  await sealSnapshot(folder, { id, exportedAt: at, head, previous: null }, files, {});
  await cp(folder, join(place, 'latest'), { recursive: true });
  return id;
}

type LooseManifest = Record<string, unknown> & { files: Record<string, { sha256: string; bytes: number }> };

/** Publishes the snapshot that is there again, with other words in its manifest and all that belongs to it. */
export async function rewriteManifest(
  place: string,
  id: string,
  change: (manifest: LooseManifest) => void,
): Promise<void> {
  const path = join(snapshotFolder(place, id), 'manifest.json');
  const manifest: LooseManifest = JSON.parse(await readFile(path, 'utf8'));
  change(manifest);
  const { sha256 } = await writeHashed(path, JSON.stringify(manifest));
  const sums = Object.entries({ ...manifest.files, 'manifest.json': { sha256 } });
  await writeFile(
    join(snapshotFolder(place, id), 'SHA256SUMS'),
    sums.map(([name, file]) => `${file.sha256}  ${name}\n`).join(''),
  );
  await copyFile(path, join(place, 'latest', 'manifest.json'));
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves a folder as a bucket does, but for paths that answer in a way of their own. */
export async function serve(folder: string) {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const key = decodeURIComponent((request.url ?? '').slice(1));
    asked.push(key);
    const own = answers.get(key);
    if (own) return own(request, response);
    const path = join(folder, key);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return void response.writeHead(404).end();
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start > 0 && start >= size) return void response.writeHead(416).end();
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': size - start });
    createReadStream(path, { start }).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
  return { place: `http://127.0.0.1:${address.port}`, answers, asked };
}

/** Pulls; answers what a person reads of it, and whether it went well. */
export async function pullFrom(
  place: string,
  copy: string,
  options: Partial<Input> & Partial<Tools> & SourceOptions = {},
): Promise<{ ok: boolean; words: string; logged: string[] }> {
  const { maxAgeDays = 14, allowOlder = false, patience = 30_000, ...tools } = options;
  const logged: string[] = [];
  const signal = tools.signal ?? new AbortController().signal;
  try {
    const outcome = await run(
      { copy, maxAgeDays, allowOlder },
      {
        source: sourceOf(place, { patience, signal }),
        now: () => new Date('2026-03-02T12:00:00Z'),
        tally: () => undefined,
        log: (line) => logged.push(line),
        signal,
        ...tools,
      },
    );
    const result = report(outcome, copy, place);
    return { ok: result.ok, words: result.ok ? result.lines.join('\n') : result.sentence, logged };
  } catch (error) {
    const sentence = error instanceof JobFailure ? error.message : diskSentence(error);
    if (sentence === null) throw error;
    return { ok: false, words: sentence, logged };
  }
}

/** Every path below a folder, with the size of each file. */
export function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Writes a file in a folder that may not be there yet. */
export function put(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
