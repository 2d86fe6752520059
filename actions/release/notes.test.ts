import { expect, test } from 'vitest';
import type { Manifest } from '#domain/snapshot.ts';
import { type NotesInput, releaseWords } from './notes.ts';

const manifest: Manifest = {
  schema_version: '1.3.0',
  generated_at: '2026-03-02T06:00:00.000Z',
  record_count: 1234,
  latest_dir: 'latest',
  snapshot_dir: 'snapshots/2026-03-02T06-00-00-000Z',
  snapshot_id: '2026-03-02T06-00-00-000Z',
  previous_snapshot: '2026-03-01T06-00-00-000Z',
  log_seq: 9,
  verified_from: '2026-02-27T00:00:00.000Z',
  verified_to: '2026-03-02T05:00:00.000Z',
  changes: { added: 2 },
  files: {},
};
const input: NotesInput = {
  tag: 'dataset-2026-03-02T06-00-00-000Z',
  repository: 'ada/index',
  manifest,
  rows: {
    licenses: [
      ['MIT', 1200],
      ['CC0-1.0', 34],
    ],
    agents: [
      ['codex', 1000],
      [null, 234],
    ],
  },
  since: {
    changes: { withdrawn: 1, added: 2 },
    release: { tag: 'dataset-2026-03-01T06-00-00-000Z', url: 'https://github.com/ada/index/releases/tag/x' },
  },
  parted: [],
  attestation: null,
};

/** The commands. */
function recipe(notes: string): string[] {
  return /```sh\n([\s\S]*)\n```/.exec(notes)?.[1]?.split('\n') ?? [];
}

test('a release tells its counts, its changes by kind, licences, agents, and how to check it', () => {
  const { name, notes } = releaseWords(input);
  expect(name).toBe('Dataset 2026-03-02 06:00 UTC');
  expect(notes).toContain('1,234 coding-agent sessions, ');
  expect(notes).toContain('| change | times |\n|---|---:|\n| added | 2 |\n| withdrawn | 1 |\n');
  expect(notes).toContain('tells each since snapshot `2026-03-01T06-00-00-000Z`. ');
  expect(notes).toContain('| licence | sessions |\n|---|---:|\n| MIT | 1,200 |\n| CC0-1.0 | 34 |\n');
  expect(notes).toContain(
    '| agent | sessions |\n|---|---:|\n| codex | 1,000 |\n| not known, or several | 234 |\n',
  );
  expect(recipe(notes)).toEqual([
    `gh release download ${input.tag} --repo ada/index --dir ${input.tag}`,
    `cd ${input.tag}`,
    'sha256sum --check SHA256SUMS',
    `gh release verify ${input.tag} --repo ada/index`,
  ]);
});

test('the first release says so, and what is split, empty or attested is in the recipe', () => {
  const part = { sha256: 'a'.repeat(64), bytes: 1 };
  const { notes } = releaseWords({
    ...input,
    manifest: { ...manifest, previous_snapshot: null },
    since: { release: null, changes: {} },
    parted: [
      { ...part, name: 'a.ndjson', parts: [{ ...part, name: 'a.ndjson.part-001' }] },
      { ...part, name: 'removed.ndjson', bytes: 0, parts: [] },
    ],
    attestation: { name: 'bundle.json', text: '', about: ['manifest.json'] },
  });
  expect(notes).toContain('This is the first release.\n\nNothing was added and nothing left.\n');
  expect(recipe(notes).slice(2)).toEqual([
    'cat a.ndjson.part-* > a.ndjson',
    ': > removed.ndjson',
    'sha256sum --check SHA256SUMS',
    'gh attestation verify manifest.json --repo ada/index --bundle bundle.json',
    `gh release verify ${input.tag} --repo ada/index`,
  ]);
  expect(notes).toContain(
    'smaller than 2 GiB: `a.ndjson`. Empty, and so no asset: `removed.ndjson`. `PARTS.json` says',
  );
});

test('what comes from outside cannot become markup', () => {
  const evil = '| [x](http://evil.test) <img> `code`\n# heading @ada';
  const { notes } = releaseWords({
    ...input,
    rows: { licenses: [[evil, 1]], agents: [[evil, 1]] },
    since: { changes: {}, release: { tag: 'dataset-x', url: 'https://github.com/a) [b](http://evil.test' } },
  });
  expect(notes).not.toMatch(
    /(?<!\\)\[x\]|(?<!\\)<img|(?<!\\)`code|^# heading|(?<!\\)@ada|(?<!\\)\]\(http:\/\/evil/m,
  );
  expect(notes.split('\n').filter((line) => line.includes('heading'))).toHaveLength(2);
});
