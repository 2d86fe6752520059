import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectFile } from '#inspect/inspect-file.ts';
import { writeSession } from '../inspect/session.ts';
import { piRecords } from './pi-session.ts';

test('the session measured in the viewer is read as pi’s to its end, as one conversation without a branch', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-session-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'session.jsonl');
  await writeSession(path, 500_000, piRecords);
  const { size } = statSync(path);
  expect(size).toBeGreaterThanOrEqual(500_000);
  expect(size).toBeLessThan(550_000);

  const { reading } = await inspectFile(createReadStream(path), size);
  expect(reading.problems).toEqual([]);
  const turns = reading.summary?.toolCalls ?? 0;
  expect(turns).toBeGreaterThan(20);
  expect(reading.summary).toMatchObject({
    format: 'pi',
    agent: 'pi',
    userMessages: Math.ceil(turns / 20),
    assistantMessages: turns,
    toolCallsPaired: true,
    truncated: false,
  });
});
