import { expect, test } from 'vitest';
import { noCounts } from '../copy/status-line.ts';
import { report } from './report.ts';
import type { Hydrated } from './run.ts';

const whole: Hydrated = {
  kind: 'hydrated',
  snapshot: '2026-11-22T06-00-00-000Z',
  counts: { ...noCounts(), ok: 1200 },
  unlisted: 0,
  requests: 1,
  received: 20_500,
  closed: null,
  firstError: null,
  written: [{ format: 'sts', written: { sessions: 1201, lines: 5000, bytes: 1_000_000, dropped: {} } }],
  status: 'status.ndjson',
};

test('a run that brought everything says where it is', () => {
  const result = report(whole, 'openagentsessions');
  expect(result).toMatchObject({
    ok: true,
    lines: [
      '1,200 gists of the snapshot 2026-11-22T06-00-00-000Z:',
      '  ok: 1,200 here, as the snapshot says',
      '1 request to the raw host, 20.5 kB.',
      'Sessions are in openagentsessions/sessions, and what became of each gist in openagentsessions/status.ndjson.',
      '1,201 sessions in openagentsessions/sts, 1.00 MB.',
    ],
    summary: { gists: 1200, ok: 1200, error: 0, requests: 1, run_again_at: null },
  });
  expect(result.exitCode).toBeUndefined();
});

test('a run that was limited says when to go on, with an exit code of its own', () => {
  const againAt = Date.parse('2026-11-23T07:08:09.000Z');
  const counts = { ...noCounts(), ok: 1, gone: 1, rate_limited: 5, hash_mismatch: 1 };
  const result = report({ ...whole, counts, closed: { kind: 'limited', againAt } }, 'copy');
  expect(result.exitCode).toBe(3);
  expect(result.ok && result.lines.slice(-3)).toEqual([
    'Run this again after 2026-11-23 07:08 UTC to go on.',
    'If other bytes are served again next time, tell the index about it.',
    'Run purge to see what of those that left is still in the copy.',
  ]);
  expect(result.ok && result.summary).toMatchObject({ run_again_at: '2026-11-23T07:08:09.000Z' });
});

test('gists that were asked for by their ids and are not listed are told of', () => {
  const result = report({ ...whole, counts: { ...noCounts(), ok: 1200, gone: 2 }, unlisted: 2 }, 'copy');
  expect(result.ok && result.lines[0]).toBe(
    '1,202 gists asked of the snapshot 2026-11-22T06-00-00-000Z, which does not list 2 of them:',
  );
  expect(result.ok && result.summary).toMatchObject({ gists: 1202, gone: 2, unlisted: 2 });
});

test('what is gone, changed or too large is as it should be', () => {
  const counts = { ...noCounts(), changed: 1, gone: 1, secret: 1, too_large: 1 };
  expect(report({ ...whole, counts }, 'copy').exitCode).toBeUndefined();
});

test('a host that is down, an empty selection and another run are told of', () => {
  const down = {
    ...whole,
    counts: { ...noCounts(), error: 9 },
    closed: { kind: 'down', why: 'The host answers 500.' } as const,
  };
  const result = report(down, 'copy');
  expect(result.exitCode).toBe(3);
  expect(result.ok && result.lines.at(-1)).toBe(
    'The raw host was given up. The host answers 500. Run this again later.',
  );
  const empty = report({ ...whole, counts: noCounts() }, 'copy');
  expect(empty.ok && empty.lines[0]).toBe(
    'The snapshot has no session that was asked for. Run stats without a selection to see what there is.',
  );
  expect(report({ kind: 'busy' }, 'copy')).toEqual({
    ok: false,
    sentence:
      'Another command is at work in copy, or one on another machine died less than a minute ago. Wait until it has ended, then run this again.',
  });
});

test('the first of the errors is told, and what a format could not hold', () => {
  const dropped = { tokens: 1100, no_session: 1 };
  const result = report(
    {
      ...whole,
      counts: { ...noCounts(), ok: 1, error: 2 },
      firstError: 'Two of its files have one name.',
      written: [{ format: 'messages', written: { sessions: 1, lines: 1, bytes: 1000, dropped } }],
    },
    'copy',
  );
  expect(result.ok && result.lines).toEqual([
    '3 gists of the snapshot 2026-11-22T06-00-00-000Z:',
    '  ok: 1 here, as the snapshot says',
    '  error: 2 not fetched',
    '  The first error: Two of its files have one name.',
    '1 request to the raw host, 20.5 kB.',
    'Sessions are in copy/sessions, and what became of each gist in copy/status.ndjson.',
    '1 session in copy/messages, 1.00 kB.',
    '  It cannot hold: tokens 1,100, no session 1. Its dropped.ndjson has them session by session.',
    'Run this again to try once more what was not fetched.',
  ]);
});
