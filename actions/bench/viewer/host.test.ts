import { expect, onTestFinished, test } from 'vitest';
import { openHost } from './host.ts';

test('a file is sent whole, and the host says when its beginning had been sent', async () => {
  const host = await openHost();
  onTestFinished(() => host.close());
  const body = Buffer.alloc(300_000, 'session ');
  host.put('/session.jsonl', 'text/plain', body);
  expect(host.beganAt('/session.jsonl')).toBeNaN();

  const before = Date.now();
  const answer = await fetch(`${host.origin}/session.jsonl`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(host.beganAt('/session.jsonl')).toBeGreaterThanOrEqual(before);
  expect(host.beganAt('/session.jsonl')).toBeLessThanOrEqual(Date.now());

  expect((await fetch(`${host.origin}/nowhere`)).status).toBe(404);
});
