import type { Problem } from '../transcript/problem.ts';
import type { Message, Session } from './conversation.ts';
import { stsTime } from './sts-lines.ts';

/** How much of each kind a session lost in a format. A kind of which nothing was lost is left out. */
export type Dropped = Readonly<Record<string, number>>;

/**
 * What may get lost of a message. All lose `attachments`, the bytes of images and files, which the transcript's reader
 * does not keep. `tokens`, `times`, `models` and `outcomes` (whether a call failed) are those of single messages; the
 * session's own are in its record. Of `times`, STS-Format loses local ones, and what is finer than milliseconds.
 */
const losses = {
  attachments: ({ attachments }: Message) => attachments.length,
  tokens: ({ inputTokens, outputTokens }: Message) => ((inputTokens ?? outputTokens) === null ? 0 : 1),
  times: ({ time }: Message) => (time === null ? 0 : 1),
  inexact: ({ time }: Message) => {
    const kept = stsTime(time);
    return time === null || (kept !== null && new Date(kept).toISOString() === time) ? 0 : 1;
  },
  models: ({ model }: Message) => (model === null ? 0 : 1),
  outcomes: ({ failed }: Message) => (failed === null ? 0 : 1),
};

const lostBy = {
  messages: {
    attachments: 'attachments',
    tokens: 'tokens',
    times: 'times',
    models: 'models',
    outcomes: 'outcomes',
  },
  sts: { attachments: 'attachments', tokens: 'tokens', times: 'inexact' },
  parquet: { attachments: 'attachments' },
} as const satisfies Record<string, Record<string, keyof typeof losses>>;

/** What a session of a file loses in a format, and what of the file could not be read at all. */
export function droppedOf(
  format: keyof typeof lostBy,
  { threads }: Session,
  problems: readonly Problem[],
): Dropped {
  const dropped: Record<string, number> = {};
  const add = (kind: string, count: number) => {
    if (count > 0) dropped[kind] = (dropped[kind] ?? 0) + count;
  };
  for (const { messages, branches, lostArguments } of threads) {
    for (const [kind, loss] of Object.entries(lostBy[format])) {
      for (const message of messages) add(kind, losses[loss](message));
    }
    if (format !== 'parquet') add('branches', branches);
    add('arguments', lostArguments);
  }
  for (const { code, count } of problems) add(code, count);
  return dropped;
}
