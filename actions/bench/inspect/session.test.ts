import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectFile } from '#inspect/inspect-file.ts';
import { writeSession } from './session.ts';

test('the session measured is as long as wanted, the same every time, and read to its end without a problem', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-session-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [path, again] = [join(folder, 'a.jsonl'), join(folder, 'b.jsonl')];
  await writeSession(path, 1_000_000);
  await writeSession(again, 1_000_000);
  const { size } = statSync(path);
  expect(size).toBeGreaterThanOrEqual(1_000_000);
  expect(size).toBeLessThan(1_100_000);
  expect(readFileSync(again).equals(readFileSync(path))).toBe(true);

  const { reading } = await inspectFile(createReadStream(path), size);
  expect(reading.problems).toEqual([]);
  const turns = reading.summary?.toolCalls ?? 0;
  expect(turns).toBeGreaterThan(20);
  expect(reading.summary).toMatchObject({
    format: 'claude-code',
    userMessages: Math.ceil(turns / 20),
    assistantMessages: turns,
    toolCallsPaired: true,
    truncated: false,
  });
});
