import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { inventedGist, lines, removal } from '../copy/testing.ts';
import { copyOf, hydrate, rowOf, statusOf } from '../hydrate/testing.ts';
import { contentsOf, startHost } from '../hydrate/testing-host.ts';
import { run as verify } from '../verify/run.ts';
import { everyFile, purge } from './testing.ts';

const signal = new AbortController().signal;

async function findings(copy: string) {
  const { counts, findings, obstacles, others, sessions } = await verify(
    { copy, most: 20 },
    { tally: () => undefined, progress: () => undefined, signal },
  );
  return {
    counts,
    named: findings.map(({ finding, path }) => `${finding} ${path}`),
    obstacles,
    others,
    sessions,
  };
}

test('what hydrate made is as it should be, and after a purge the formats hold nothing of what departed', async () => {
  const gists = Object.values(samples)
    .slice(0, 8)
    .map((text, at) => ({ [`session ${at}.jsonl`]: String(text), CON: `gist ${at}` }));
  const rows = gists.map((files, at) =>
    rowOf(inventedGist(at), files, { seq: at + 1, title: `Title ${at}.` }),
  );
  const copy = copyOf(rows);
  const host = await startHost(
    contentsOf(
      gists.flatMap((files, at) => {
        const row = rows[at];
        return row ? [{ row, files }] : [];
      }),
    ),
  );
  const formats = ['sts', 'messages', 'parquet'] as const;
  await hydrate(copy, host.origin, { formats: [...formats] });
  expect(await findings(copy)).toMatchObject({ named: [], obstacles: [], others: [], sessions: rows.length });
  const file = () => asyncBufferFromFile(join(copy, 'parquet/sessions.parquet'));
  const before = await parquetReadObjects({ file: await file() });

  const gone = [1, 3].map(inventedGist);
  writeFileSync(join(copy, 'removed.ndjson'), lines(gone.map((id, at) => removal(id, 90 + at))));
  expect((await findings(copy)).counts).toMatchObject({ departed: 16, unknown: 4, damaged: 0, missing: 0 });
  const done = await purge(copy, { apply: true });
  expect(done).toMatchObject({ kind: 'purged', left: { obstacles: [], counts: { named: [] } } });
  const after = await parquetReadObjects({ file: await file() });
  expect(after).toEqual(before.filter(({ gist_id }) => !gone.includes(gist_id)));
  expect(after.length).toBeLessThan(before.length);
  expect((await findings(copy)).named).toEqual([]);
  for (const id of gone) {
    const traces = Object.entries(everyFile(copy)).filter(
      ([path, text]) => path.includes(id) || text.includes(id),
    );
    expect(traces.map(([path]) => path).filter((path) => !path.startsWith('snapshots/'))).toEqual([
      'removed.ndjson',
    ]);
  }

  await hydrate(copy, host.origin, { formats: [...formats] });
  expect(statusOf(copy).filter(({ status }) => status === 'gone')).toHaveLength(2);
  expect(await findings(copy)).toMatchObject({ named: [], obstacles: [] });
  expect(await purge(copy)).toMatchObject({ counts: { named: [] }, obstacles: [] });
});
