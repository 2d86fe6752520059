import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { publish, put, removalOf, rewriteManifest, rowOf } from './testing.ts';
import type { Attack, World } from './testing-world.ts';

const flip = (path: string) => {
  const bytes = readFileSync(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};
const any = { sha256: '0'.repeat(64), bytes: 1 };
const named = (name: string) => (world: World) =>
  rewriteManifest(world.published, world.second, ({ files }) => {
    files[name] = any;
  });

const noManifest = /latest\/manifest\.json is no manifest of a snapshot\. Nothing was fetched/;
const notFitting = /SHA256SUMS does not fit the manifest\. Nothing is used/;
const otherBytes = /submissions\.ndjson has other bytes than the manifest says\. It is not used/;

/** On what is published: manifests, sums, files and their names. */
export const attacks: readonly Attack[] = [
  {
    attack: 'a data file is tampered with',
    check: 'its sha256 in the manifest',
    words: otherBytes,
    mount: ({ at2 }) => flip(at2('submissions.ndjson')),
  },
  {
    attack: 'a data file is tampered with, and its hash in SHA256SUMS too',
    check: 'SHA256SUMS against the manifest',
    words: notFitting,
    mount: ({ at2 }) => {
      flip(at2('submissions.ndjson'));
      writeFileSync(at2('SHA256SUMS'), readFileSync(at2('SHA256SUMS'), 'utf8').replace(/^[0-9a-f]/gm, 'e'));
    },
  },
  {
    attack: 'latest/manifest.json is tampered with',
    check: 'the snapshot’s own manifest, byte for byte',
    words: /manifest\.json is not the manifest in latest\. Nothing is used/,
    mount: ({ published }) => {
      const path = join(published, 'latest/manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"log_seq": 6', '"log_seq": 7'));
    },
  },
  {
    attack: 'both manifests are tampered with',
    check: 'its sha256 in SHA256SUMS',
    words: notFitting,
    mount: ({ published, at2 }) => {
      for (const path of [join(published, 'latest/manifest.json'), at2('manifest.json')])
        writeFileSync(path, readFileSync(path, 'utf8').replace('"log_seq": 6', '"log_seq": 7'));
    },
  },
  {
    attack: 'a data file is truncated',
    check: 'its size in the manifest',
    words: /submissions\.ndjson ends after 20 of the \d+ bytes that the manifest promises/,
    mount: ({ at2 }) => truncateSync(at2('submissions.ndjson'), 20),
  },
  {
    attack: 'the manifest promises more than a snapshot can hold',
    check: 'the limit of 64 GiB',
    words: /promises more than a snapshot can hold, 900000\.0 GB/,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, ({ files }) => {
        files['urls.txt'] = { ...any, bytes: 9e14 };
      }),
  },
  {
    attack: 'rollback: an older snapshot is latest again',
    check: 'its id beside the copy’s',
    words:
      /is 2026-02-28T00-00-00-000Z, older than 2026-03-01T00-00-00-000Z, which is here\. .+ --allow-older/,
    mount: ({ published }) =>
      publish(published, { at: new Date('2026-02-28T00:00:00Z'), logSeq: 6, rows: [], removed: [] }),
  },
  {
    attack: 'rollback: older rows under a newer id',
    check: 'its log_seq beside the copy’s',
    words: /It knows less of the log than 2026-03-01T00-00-00-000Z, which is here/,
    mount: ({ published }) =>
      publish(published, { at: new Date('2026-03-02T01:00:00Z'), logSeq: 3, rows: [rowOf(1)], removed: [] }),
  },
  {
    attack: 'a published snapshot is replaced under its own id',
    check: 'its manifest beside the copy’s',
    words: /has another snapshot 2026-03-01T00-00-00-000Z than .+ never changes/,
    mount: ({ published }) =>
      publish(published, {
        at: new Date('2026-03-01T00:00:00Z'),
        logSeq: 4,
        rows: [rowOf(7)],
        removed: [removalOf(9, 4)],
      }),
  },
  {
    attack: 'freeze: nothing newer is shown for weeks',
    check: 'generated_at, at most 14 days ago',
    words: /was made at 2026-03-02T00:00:00\.000Z, more than 14 days ago\. .+ --max-age/,
    mount: () => undefined,
    now: new Date('2026-03-16T00:00:01Z'),
  },
  {
    attack: 'fast-forward: a snapshot from the future',
    check: 'generated_at, at most a day ahead of the clock',
    words: /was made at 2036-01-01T00:00:00\.000Z, which is still to come/,
    mount: ({ published }) =>
      publish(published, { at: new Date('2036-01-01T00:00:00Z'), logSeq: 9, rows: [], removed: [] }),
  },
  {
    attack: 'a future id above an honest time',
    check: 'the id is the time of generated_at',
    words: noManifest,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, (manifest) => {
        manifest.snapshot_id = '2036-01-01T00-00-00-000Z';
        manifest.snapshot_dir = 'snapshots/2036-01-01T00-00-00-000Z';
      }),
  },
  {
    attack: 'mix-and-match: a file of another snapshot',
    check: 'its sha256 in the manifest',
    words: /removed\.ndjson ends after \d+ of the \d+ bytes/,
    mount: ({ earlier, first, at2 }) =>
      cp(join(earlier, 'snapshots', first, 'removed.ndjson'), at2('removed.ndjson')),
  },
  {
    attack: 'mix-and-match: all files of another snapshot but the manifest',
    check: 'SHA256SUMS against the manifest',
    words: notFitting,
    mount: async ({ earlier, first, at2 }) => {
      for (const name of ['urls.txt', 'submissions.ndjson', 'removed.ndjson', 'SHA256SUMS'])
        await cp(join(earlier, 'snapshots', first, name), at2(name));
    },
  },
  {
    attack: 'mix-and-match: the manifest of another snapshot in its folder',
    check: 'the snapshot’s own manifest, byte for byte',
    words: /manifest\.json is not the manifest in latest/,
    mount: ({ earlier, first, at2 }) =>
      cp(join(earlier, 'snapshots', first, 'manifest.json'), at2('manifest.json')),
  },
  { attack: 'a file called ../../x', check: 'names', words: noManifest, mount: named('../../x') },
  { attack: 'a file called ..\\x', check: 'names', words: noManifest, mount: named('..\\x') },
  { attack: 'a file called /etc/x', check: 'names', words: noManifest, mount: named('/etc/x') },
  { attack: 'a file called CON', check: 'names', words: noManifest, mount: named('CON') },
  { attack: 'a file called nul.txt', check: 'names', words: noManifest, mount: named('nul.txt') },
  { attack: 'a name of 300 characters', check: 'names', words: noManifest, mount: named('x'.repeat(300)) },
  { attack: 'two names that differ by case', check: 'names', words: noManifest, mount: named('URLS.txt') },
  { attack: 'a second manifest.json', check: 'names', words: noManifest, mount: named('manifest.json') },
  {
    attack: 'ten thousand files',
    check: 'the limit of 100',
    words: noManifest,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, ({ files }) => {
        for (let n = 0; n < 5000; n += 1) files[`f${n}`] = any;
      }),
  },
  {
    attack: 'snapshot_dir leads elsewhere',
    check: 'snapshot_dir is snapshots/<id>',
    words: noManifest,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, (manifest) => {
        manifest.snapshot_dir = 'snapshots/../../etc';
      }),
  },
  {
    attack: 'fewer rows than are counted',
    check: 'record_count beside the lines of submissions.ndjson',
    words: /submissions\.ndjson has 4 lines, but the manifest counts 9 sessions/,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, (manifest) => {
        manifest.record_count = 9;
      }),
  },
  {
    attack: 'another major version of the shape',
    check: 'schema_version',
    words: /is of version 2\.0\.0 of the dataset's shape, which is not known here\. Update this program/,
    mount: ({ published, second }) =>
      rewriteManifest(published, second, (manifest) => {
        manifest.schema_version = '2.0.0';
        Object.assign(manifest, { files: [] });
      }),
  },
  {
    attack: 'a manifest that is a page of HTML',
    check: 'its shape',
    words: noManifest,
    mount: ({ published }) => put(join(published, 'latest/manifest.json'), '<html>'),
  },
  {
    attack: 'the snapshot was withdrawn',
    check: 'withdrawn-snapshots.json',
    words:
      /Snapshot 2026-03-02T00-00-00-000Z, the newest at .+, was withdrawn \(policy\)\. Nothing was fetched/,
    mount: ({ published, second }) =>
      put(
        join(published, 'withdrawn-snapshots.json'),
        JSON.stringify([{ snapshot_id: second, withdrawn_at: '2026-03-02T01:00:00Z', reason: 'policy' }]),
      ),
  },
];
