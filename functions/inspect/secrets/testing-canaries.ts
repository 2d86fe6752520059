import { lintSource } from '@secretlint/core';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';
import { openSecretScan } from './scan.ts';
import { formats } from './testing-formats.ts';
import { openRandom } from './testing-random.ts';

/** A made-up secret of one format, as it would stand in a session. Its value belongs to nobody. */
export interface Canary {
  format: string;
  value: string;
  /** A line that holds the value. */
  line: string;
  /** The variable or field the value would belong to. */
  name: string;
}

/** The ways a session carries text. */
export const wrappings = {
  plain: ({ line }: Canary) => `then I ran\n${line}\nand it worked\n`,
  'json-escaped': ({ line }: Canary) =>
    `${JSON.stringify({ type: 'user', message: { role: 'user', content: `then I ran\n${line}\nand it worked` } })}\n`,
  'tool-result': ({ line }: Canary) =>
    `${JSON.stringify({
      type: 'user',
      message: {
        content: [{ type: 'tool_result', content: JSON.stringify({ stdout: `ok\n${line}\ndone`, code: 0 }) }],
      },
    })}\n`,
  base64: ({ line }: Canary) =>
    `${JSON.stringify({ file: Buffer.from(`# settings\n${line}\n# the end of it\n`).toString('base64') })}\n`,
  'across-fields': ({ name, value }: Canary) =>
    `${JSON.stringify({
      env: [
        { name, value },
        { name: 'LANG', value: 'C' },
      ],
    })}\n`,
} as const satisfies Record<string, (canary: Canary) => string>;

export type Wrapping = keyof typeof wrappings;

/** `rounds` canaries of every format, the same ones for the same seed. */
export function canaries(seed: number, rounds: number): Canary[] {
  const random = openRandom(seed);
  return Array.from({ length: rounds }, () =>
    Object.entries(formats).map(([format, make]) => ({ format, ...make(random) })),
  ).flat();
}

/** A scanner of a whole text; whether it found a secret in it. */
export type Scanner = (text: string) => Promise<boolean>;

export const ours: Scanner = async (text) => {
  const scan = openSecretScan();
  await scan.push(text);
  return (await scan.end()).hits.some(({ severity }) => severity === 'high');
};

export const bareSecretlint: Scanner = async (text) => {
  const result = await lintSource({
    source: { content: text, filePath: 'session.jsonl', ext: '.jsonl', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: preset.meta.id, rule: preset, options: {} }] },
    },
  });
  return result.messages.length > 0;
};

/** What a scanner finds of the canaries in one wrapping: the share from 0 to 1, and the formats it misses. */
export async function measureRecall(
  scanner: Scanner,
  wrapping: Wrapping,
  { seed = 1, rounds = 3 } = {},
): Promise<{ recall: number; missed: string[] }> {
  const all = canaries(seed, rounds);
  const missed: string[] = [];
  for (const canary of all) if (!(await scanner(wrappings[wrapping](canary)))) missed.push(canary.format);
  return { recall: 1 - missed.length / all.length, missed: [...new Set(missed)] };
}

/** Recall of ours beside bare secretlint's, a row a wrapping. */
export async function canaryTable(): Promise<
  { wrapping: Wrapping; formats: number; ours: number; secretlint: number }[]
> {
  const rows = [];
  for (const wrapping of Object.keys(wrappings) as Wrapping[]) {
    rows.push({
      wrapping,
      formats: Object.keys(formats).length,
      ours: (await measureRecall(ours, wrapping)).recall,
      secretlint: (await measureRecall(bareSecretlint, wrapping, { rounds: 1 })).recall,
    });
  }
  return rows;
}
