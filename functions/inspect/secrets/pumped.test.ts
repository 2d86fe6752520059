import { describe, expect, it } from 'vitest';
import { probes } from './probes.ts';
import { openSecretScan } from './scan.ts';

/** What repeats in a text that is made to send a pattern back and forth. */
const pumps = [
  'a',
  'A1',
  '=',
  ' ',
  '"',
  '\\',
  '-',
  'a.',
  'x@',
  ':/',
  '0',
  '_a',
  '\\n',
  '{"',
  "'a",
  '%41',
  'a-',
];

const canary = `ghp_${'k3Jd8sLq0ZxWv7Rt2YpNb5Hm9CfGa1Ee4Uu6'}`;

/** Whether what stands at the end of the text was found, or is among those that were more than are kept. */
async function found(scan: ReturnType<typeof openSecretScan>): Promise<boolean> {
  const { hits, omitted } = await scan.end();
  return hits.some(({ detector }) => detector.startsWith('github')) || omitted > 0;
}

describe('a text made to send a pattern back and forth', () => {
  it.each(pumps.map((pump) => [JSON.stringify(pump), pump]))(
    'is searched to its end, whatever a rule begins with, when it goes on with %s',
    async (_, pump) => {
      const scan = openSecretScan();
      for (const anchor of new Set(probes.flatMap(({ anchors }) => anchors))) {
        await scan.push(`${anchor}${pump.repeat(2_000)}!\n`);
        await scan.push(`${`${anchor}${pump.repeat(3)}`.repeat(50)}\u0000\n`);
      }
      await scan.push(`\n${canary}\n`);
      expect(await found(scan)).toBe(true);
    },
  );

  it('is searched to its end when all of it is one anchor after the other', async () => {
    const scan = openSecretScan();
    for (const { anchors } of probes) for (const anchor of anchors) await scan.push(anchor.repeat(2_000));
    await scan.push(`\n${canary}\n`);
    expect(await found(scan)).toBe(true);
  });
});
