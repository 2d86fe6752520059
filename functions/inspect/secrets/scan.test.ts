import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, type Hit, openSecretScan, type Severity } from './scan.ts';
import { canaries, wrappings } from './testing-canaries.ts';
import { openRandom } from './testing-random.ts';

async function scanned(...chunks: string[]): Promise<{ hits: Hit[]; omitted: number }> {
  const scan = openSecretScan();
  for (const chunk of chunks) await scan.push(chunk);
  return scan.end();
}

const pool = canaries(3, 1);
const value = (format: string) => pool.find((canary) => canary.format === format)?.value ?? '';
const github = value('github-ghp');

/** A text cut at the places that fall inside it. */
function cut(text: string, places: readonly number[]): string[] {
  const inside = [...new Set(places.map((place) => place % (text.length + 1)))].sort(
    (one, other) => one - other,
  );
  return [0, ...inside].map((from, index) => text.slice(from, inside[index] ?? text.length));
}

const pieces = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '\n',
      '\r\n',
      '"',
      '\\',
      '\\n',
      '\\\\n',
      '&quot;',
      '\ufeff',
      '://',
      'eyJ',
      '-----BEGIN ',
      'token=',
    ),
    fc.constantFrom(...pool.map(wrappings.plain)),
    fc.constantFrom(...pool.map(wrappings['tool-result'])),
    fc.constantFrom(...pool.map(wrappings.base64)),
  ),
  { maxLength: 12 },
);

describe('a scan', () => {
  it('finds the same however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.array(fc.nat(), { maxLength: 20 }), async (parts, places) => {
        const text = parts.join('');
        expect(await scanned(...cut(text, places))).toEqual(await scanned(text));
      }),
      { numRuns: 60 },
    );
  });

  it('finds the same of a text of several blocks, cut anywhere', async () => {
    const random = openRandom(5);
    const lines = Array.from({ length: 900 }, (_, index) => {
      const canary = pool[index % pool.length];
      return canary === undefined
        ? ''
        : `${'words and more '.repeat(random.below(120))}\n${wrappings['json-escaped'](canary)}`;
    });
    const text = lines.join('');
    expect(text.length).toBeGreaterThan(3 * block);
    const whole = await scanned(text);
    const places = Array.from({ length: 200 }, () => random.below(text.length));
    expect(await scanned(...cut(text, places))).toEqual(whole);
    expect(whole.hits.length).toBeGreaterThan(880);
  });

  it('never fails, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), pieces, async (noise, parts) => {
        const { hits, omitted } = await scanned(noise, parts.join(noise), noise);
        expect(omitted).toBe(0);
        for (const { line, column } of hits) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('tells line and column of the raw text, of a byte-order mark and carriage returns too', async () => {
    const { hits } = await scanned(`\ufeffone\r\n  ${github}\r\n{"a":"b\\n${github}"}`);
    expect(hits.map(({ line, column }) => [line, column])).toEqual([
      [2, 3],
      [3, 10],
    ]);
  });

  it('tells a secret in base64 at the place where the base64 begins, also in a run longer than a block', async () => {
    const short = Buffer.from(`some words, then ${github} and more`).toString('base64');
    const long = Buffer.from(`${'words '.repeat(80_000)}${github} and more`).toString('base64');
    expect(long.length).toBeGreaterThan(2 * block);
    const { hits } = await scanned(`{"x":"${short}"}\n\n{"file":"${long}"}`);
    expect(hits).toMatchObject([
      { detector: 'github', line: 1, column: 7 },
      { detector: 'github', line: 3, column: 10 },
    ]);
  });

  it('finds what lies across the edge of a block once', async () => {
    for (const format of ['github-ghp', 'anthropic', 'env-password', 'postgres', 'rsa-key', 'jwt']) {
      const canary = pool.find((one) => one.format.endsWith(format));
      if (canary === undefined) throw new Error(format);
      const alone = (await scanned(`\n${canary.line}`)).hits;
      for (let before = 0; before < canary.line.length + 20; before += 9) {
        const filler = 'x '.repeat(block).slice(0, block - before);
        const { hits } = await scanned(`${filler}\n${canary.line}`);
        expect(hits.map(({ detector, column }) => [detector, column])).toEqual(
          alone.map(({ detector, column }) => [detector, column]),
        );
      }
    }
  });

  it('counts a secret once that is there raw and decoded, and by its own rule rather than the general one', async () => {
    const { hits } = await scanned(`export GITHUB_TOKEN="${github}"`);
    expect(hits.map(({ detector }) => detector)).toEqual(['github']);
  });

  it('keeps 1000 hits, blocking ones first, and counts the others', async () => {
    const random = openRandom(9);
    const mails = Array.from({ length: 1200 }, (_, index) => `ann${index}@siemens.com`).join('\n');
    const tokens = Array.from({ length: 990 }, () => `gh${'p_'}${random.of(github.slice(4), 36)}`).join('\n');
    const { hits, omitted } = await scanned(`${mails}\n${tokens}`);
    const count = (wanted: Severity) => hits.filter(({ severity }) => severity === wanted).length;
    expect([count('high'), count('low')]).toEqual([990, 10]);
    expect(omitted).toBe(1190);
    expect(hits.map(({ line }) => line)).toEqual(
      hits.map(({ line }) => line).sort((one, other) => one - other),
    );
  });

  it('tells personal data once for each value, at its first place', async () => {
    const { hits } = await scanned('a /home/annm/x\nb /home/annm/y\nc /home/berta/z\n');
    expect(hits.map(({ detector, line }) => [detector, line])).toEqual([
      ['home-path', 1],
      ['home-path', 3],
    ]);
  });

  it('is not talked out of a secret by a comment for linters', async () => {
    const slack = value('slack-bot');
    expect((await scanned(`<!-- secretlint-disable -->\n${slack}\n`)).hits).toHaveLength(1);
  });
});
