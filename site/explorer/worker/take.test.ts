import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { openBrowse } from '../../browse/read/open.ts';
import type { Selection } from '../../browse/selection.ts';
import { diskFile } from '../../published/disk-file.ts';
import { sendFile } from '../../published/send-file.ts';
import { listingOf, small, variedRows } from '../../published/testing-listing.ts';
import { columnsOf } from './columns.ts';
import { take } from './take.ts';

const everything: Selection = { facets: {}, text: '', from: null, to: null, sort: 'newest' };

/**
 * Takes selections of these rows along, from a server that breaks off urls.txt at a byte, or answers nothing but an error to who
 * asks for rows first, and keeps the others waiting.
 */
async function taking(
  rows: readonly DatasetRow[],
  { cutAt = Number.POSITIVE_INFINITY, held }: { cutAt?: number; held?: Promise<void> } = {},
) {
  const { listing, snapshot, browse: folder } = await listingOf(rows, small);
  const submissions = join(snapshot, 'submissions.ndjson');
  const urls = rows.map(({ gist_url }) => `${gist_url}\n`).join('');
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/urls.txt') {
      asked += 1;
      if (held && asked === 1) return response.writeHead(503).end();
      return void Promise.resolve(held).then(() => sendFile(submissions, request, response));
    }
    if (cutAt >= urls.length) return response.end(urls);
    response.writeHead(200, { 'content-length': urls.length });
    return response.write(urls.slice(0, cutAt), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browse = openBrowse(listing.summary, (name, bytes) => diskFile(join(folder, name), bytes));
  const columns = browse.facets().then(columnsOf);
  const opening = {
    kind: 'open',
    browse: '',
    submissions: { address: `${site}/submissions.ndjson`, bytes: (await readFile(submissions)).length },
    urls: { address: `${site}/urls.txt`, bytes: urls.length },
  } as const;
  const takeAlong = async (selection: Partial<Selection>, form: 'urls' | 'ndjson', alive = () => true) => {
    const looking = { browse, columns: () => columns, tell: () => {}, alive };
    const taken = await take({ ...everything, ...selection }, form, opening, looking);
    return taken && { lines: await taken.lines.text(), sessions: taken.sessions };
  };
  return { takeAlong, asked: () => asked };
}

test('few sessions and many are taken along as exactly their lines, in the order of the dataset', async () => {
  const rows = variedRows(2_400);
  const { takeAlong } = await taking(rows);
  for (const [selection, has] of [
    [{ facets: { agent: ['codex'] } }, ({ agent }: DatasetRow) => agent === 'codex'],
    [
      { text: 'fix', from: '2026-04' },
      (row: DatasetRow) => row.title.startsWith('Fix') && (row.started_at ?? '') > '2026-04',
    ],
    [{ facets: { tag: ['x'] }, sort: 'largest' }, (row: DatasetRow) => row.tags.includes('x')],
    [{ facets: { agent: ['nobody'] } }, () => false],
  ] as const) {
    const wanted = rows.filter(has);
    expect(await takeAlong(selection, 'urls')).toEqual({
      lines: wanted.map(({ gist_url }) => `${gist_url}\n`).join(''),
      sessions: wanted.length,
    });
    expect(await takeAlong(selection, 'ndjson')).toEqual({
      lines: wanted.map((row) => `${JSON.stringify(row)}\n`).join(''),
      sessions: wanted.length,
    });
  }
});

test('addresses whose file breaks off are told as what could not be fetched', async () => {
  const { takeAlong } = await taking(variedRows(2_400), { cutAt: 50_000 });
  await expect(takeAlong({ facets: { agent: ['codex'] } }, 'urls')).rejects.toThrow(/could not be fetched/);
});

test('addresses are taken along where streams cannot be gone through in a loop', async () => {
  const iterate = Object.getOwnPropertyDescriptor(ReadableStream.prototype, Symbol.asyncIterator) ?? {};
  Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator);
  onTestFinished(() => void Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, iterate));
  const { takeAlong } = await taking(variedRows(2_400));
  expect((await takeAlong({ facets: { agent: ['codex'] } }, 'urls'))?.sessions).toBe(1_200);
});

test('once a part of the rows cannot be fetched, no more are asked for', async () => {
  const rows = variedRows(2_400);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { takeAlong, asked } = await taking(rows, { held });
  const far = { facets: { tag: ['x'], contributor: [rows[8]?.gist_owner_id ?? ''] } };
  await expect(takeAlong(far, 'ndjson')).rejects.toThrow(/answered 503/);
  release();
  // Each of them is far from the next, and fetched for itself.
  const { sessions = 0 } = (await takeAlong(far, 'ndjson')) ?? {};
  expect(sessions).toBeGreaterThan(20);
  expect(asked()).toBe(6 + sessions);
});

test('what nobody waits for is not fetched to its end', async () => {
  const { takeAlong } = await taking(variedRows(2_400));
  expect(await takeAlong({ facets: { agent: ['codex'] } }, 'urls', () => false)).toBeNull();
});
