import { describe, expect, it } from 'vitest';
import { openSecretScan } from './scan.ts';
import {
  bareSecretlint,
  canaries,
  measureRecall,
  ours,
  type Wrapping,
  wrappings,
} from './testing-canaries.ts';
import { formats } from './testing-formats.ts';

const shapes = Object.keys(wrappings) as Wrapping[];

describe('canaries', () => {
  it('cover at least 60 formats', () => {
    expect(Object.keys(formats).length).toBeGreaterThanOrEqual(60);
  });

  it.each([
    ['plain', 0.99],
    ['json-escaped', 0.99],
    ['tool-result', 0.99],
    ['base64', 0.99],
    ['across-fields', 0.95],
  ] as const)('are found: %s', async (wrapping, least) => {
    const { recall, missed } = await measureRecall(ours, wrapping, { seed: 7, rounds: 5 });
    expect(recall, `missed: ${missed.join(', ')}`).toBeGreaterThanOrEqual(least);
  });

  it('are found wherever bare secretlint, which sees the whole text, finds one', async () => {
    let compared = 0;
    for (const canary of canaries(11, 1)) {
      for (const shape of shapes) {
        const text = wrappings[shape](canary);
        if (!(await bareSecretlint(text))) continue;
        compared++;
        expect(await ours(text), `${canary.format} ${shape}`).toBe(true);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it.each(shapes)('show at most 4 characters, wherever they are found: %s', async (shape) => {
    for (const canary of canaries(13, 1)) {
      const scan = openSecretScan();
      await scan.push(wrappings[shape](canary));
      const { hits } = await scan.end();
      const told = JSON.stringify(hits);
      // Not a vendor's prefix, which is public, but what comes behind it.
      const secret = canary.value.slice(-12, -2);
      expect(told.includes(secret), canary.format).toBe(false);
      for (const { masked } of hits) expect(masked).toMatch(/^[\x21-\x7e·]{0,4}…$/);
    }
  });

  it('are found behind a line break that was escaped twice', async () => {
    const [canary] = canaries(17, 1).filter(({ format }) => format === 'github-ghp');
    const text = `{"out":"a\\\\n${canary?.value}\\\\nb"}`;
    const scan = openSecretScan();
    await scan.push(text);
    expect((await scan.end()).hits).toMatchObject([
      { detector: 'github', line: 1, column: 13, severity: 'high' },
    ]);
  });
});
