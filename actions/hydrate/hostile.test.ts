import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Limits } from './host/limits.ts';
import { copyOf, existing, filesIn, hydrate, outcomesOf, rowOf, statusOf } from './testing.ts';
import { type Behaviour, contentsOf, good, type RawHost, startHost } from './testing-host.ts';
import { quick } from './testing-input.ts';

const content = '{"type":"user"}\n'.repeat(5_000);
const gistOf = (id: string, files: Record<string, string>) => ({ row: rowOf(id, files), files });

/** A copy of one good gist and one, `bad`, that its host answers for in its own way. */
async function withBad(behaviour: Behaviour, text = content) {
  const gists = [gistOf('900d', { 'a.jsonl': 'good' }), gistOf('bad', { 'a.jsonl': text })];
  const host = await startHost(contentsOf(gists));
  host.behave('/bad/', behaviour);
  return { host, copy: copyOf(gists.map(({ row }) => row)) };
}

const asksFor = (host: RawHost, id: string) => host.asked.filter((path) => path.includes(`/${id}/`)).length;

/** Answers differently each time; the last way stays. */
function inTurn(...behaviours: Behaviour[]): Behaviour {
  let time = 0;
  return (response, bytes, request) => {
    const behaviour = behaviours[Math.min(time, behaviours.length - 1)] ?? good;
    time += 1;
    behaviour(response, bytes, request);
  };
}

const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end('words of the host that nobody repeats');

const zipped =
  (bytes: (content: Buffer) => Buffer): Behaviour =>
  (response, own) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes(own));

const endless: Behaviour = (response) => {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
  };
  response.on('drain', more);
  more();
};

const otherBytes = 'It has other bytes than the snapshot says.';
const otherLength = 'It does not have the 80000 bytes that the snapshot says.';

test.each<[string, Behaviour, { status: string; why: string; asks: number }]>([
  [
    'other bytes of the same length',
    (response, own) => void response.end(Buffer.from(own).fill('y')),
    { status: 'hash_mismatch', why: otherBytes, asks: 2 },
  ],
  [
    'fewer bytes',
    (response, own) => void response.end(own.subarray(1)),
    { status: 'hash_mismatch', why: otherLength, asks: 2 },
  ],
  [
    'fewer bytes without telling how many',
    (response, own) => {
      response.write(own.subarray(1));
      response.end();
    },
    { status: 'hash_mismatch', why: otherLength, asks: 2 },
  ],
  ['bytes without end', endless, { status: 'hash_mismatch', why: otherLength, asks: 2 }],
  [
    'a gzip bomb',
    zipped(() => gzipSync(Buffer.alloc(50_000_000))),
    { status: 'hash_mismatch', why: otherLength, asks: 2 },
  ],
  [
    'gzip of other bytes',
    zipped((own) => gzipSync(Buffer.from(own).fill('y'))),
    { status: 'hash_mismatch', why: otherBytes, asks: 2 },
  ],
  [
    'no gzip, though it says so',
    zipped((own) => own.subarray(0, 500)),
    { status: 'hash_mismatch', why: 'It is no gzip, though the host says so.', asks: 2 },
  ],
  [
    'another packing than was asked for',
    (response, own) => void response.writeHead(200, { 'content-encoding': 'br' }).end(own),
    { status: 'error', why: 'The host packs the file in a way it was not asked for.', asks: 1 },
  ],
  [
    '404',
    answering(404),
    {
      status: 'gone',
      why: 'Its files are not at their address any more; whether it is deleted, secret or edited, GitHub was not asked or did not say.',
      asks: 1,
    },
  ],
  [
    '451',
    answering(451),
    {
      status: 'gone',
      why: 'Its files are not at their address any more; whether it is deleted, secret or edited, GitHub was not asked or did not say.',
      asks: 1,
    },
  ],
  ['403 without more', answering(403), { status: 'error', why: 'The host answers 403.', asks: 1 }],
  ['206', answering(206), { status: 'error', why: 'The host answers 206.', asks: 1 }],
  ['500 again and again', answering(500), { status: 'error', why: 'The host answers 500.', asks: 3 }],
  [
    'no answer, closing the connection',
    (response) => void response.socket?.destroy(),
    { status: 'error', why: 'The connection broke.', asks: 3 },
  ],
  [
    'half of it, closing the connection',
    (response, own) => {
      response.writeHead(200, { 'content-length': String(own.length) });
      response.write(own.subarray(0, own.length / 2), () => response.socket?.destroy());
    },
    { status: 'error', why: 'The file broke off.', asks: 3 },
  ],
])(
  'a host that answers with %s is not believed, and the others’ files come',
  async (_, behaviour, expected) => {
    const { host, copy } = await withBad(behaviour);
    const outcome = await hydrate(copy, host.origin);
    const [first, bad] = statusOf(copy);
    expect(first?.status).toBe('ok');
    expect(bad).toMatchObject({ status: expected.status, why: expected.why, files: [] });
    expect(asksFor(host, 'bad')).toBe(expected.asks);
    expect(outcome.closed).toBeNull();
    expect(Object.values(filesIn(copy, ['sessions', 'store']))).toEqual(['good', 'good']);
    expect(existing(`${copy}/.part`)).toEqual([]);
  },
);

test.each<[string, Behaviour, string, Partial<Limits>]>([
  ['never answers', () => undefined, 'The host does not answer.', { idle: 500 }],
  [
    'stops in the middle',
    (response, own) => void response.write(own.subarray(0, 1000)),
    'The file stopped coming.',
    { idle: 500 },
  ],
  [
    'drips',
    (response, own) => {
      const drip = setInterval(() => response.write(own.subarray(0, 1)), 20);
      response.on('close', () => clearInterval(drip));
    },
    'The file comes too slowly.',
    { grace: 500, idle: 10_000 },
  ],
])('a host that %s is given up', async (_, behaviour, why, own) => {
  const { host, copy } = await withBad(behaviour);
  const slow = { ...quick, ...own, attempts: 2 };
  await hydrate(copy, host.origin, {}, { limits: slow });
  expect(statusOf(copy)[1]).toMatchObject({ status: 'error', why });
  expect(asksFor(host, 'bad')).toBe(2);
  await expect.poll(() => host.open()).toBe(0);
  expect(existing(`${copy}/.part`)).toEqual([]);
});

test('a file too large for memory that is wrong leaves nothing behind either', async () => {
  const large = 'large\n'.repeat(200_000);
  const { host, copy } = await withBad(
    inTurn((response, own) => void response.end(Buffer.from(own).fill('y')), good),
    large,
  );
  await hydrate(copy, host.origin);
  expect(outcomesOf(copy)).toEqual(['900d ok', 'bad ok']);
  expect(Object.values(filesIn(copy, ['store'])).sort()).toEqual(['good', large]);
  expect(existing(`${copy}/.part`)).toEqual([]);
});

test('no redirect is followed', async () => {
  const elsewhere = await startHost(new Map());
  const { host, copy } = await withBad(answering(302, { location: `${elsewhere.origin}/x` }));
  await hydrate(copy, host.origin);
  expect(statusOf(copy)[1]).toMatchObject({
    status: 'error',
    why: 'The host sends us elsewhere, and nothing is fetched from elsewhere.',
  });
  expect(elsewhere.asked).toEqual([]);
});

test.each<[string, Behaviour]>([
  ['500, then fine', inTurn(answering(500), answering(502), good)],
  ['other bytes, then fine', inTurn((response) => void response.end('short'), good)],
  ['gzip', zipped((own) => gzipSync(own))],
  ['no gzip, though it was asked for', good],
])('a host that answers with %s is listened to', async (_, behaviour) => {
  const { host, copy } = await withBad(behaviour);
  await hydrate(copy, host.origin);
  expect(outcomesOf(copy)).toEqual(['900d ok', 'bad ok']);
});

test('two gists with one file that does not come end alike', async () => {
  const same = ['a1', 'a2'].map((id) => gistOf(id, { 'a.jsonl': 'the same' }));
  const rows = same.map(({ row }) => row);
  const host = await startHost(contentsOf(same));
  for (const [behaviour, status] of [
    [answering(404), 'gone'],
    [answering(500), 'error'],
    [answering(429), 'rate_limited'],
    [(response) => void response.end('otherwise'), 'hash_mismatch'],
    [good, 'ok'],
  ] satisfies [Behaviour, string][]) {
    host.behave('/', behaviour);
    const copy = copyOf(rows);
    await hydrate(copy, host.origin);
    expect(outcomesOf(copy)).toEqual([`a1 ${status}`, `a2 ${status}`]);
  }
});
