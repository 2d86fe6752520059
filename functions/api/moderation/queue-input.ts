import { z } from 'zod';
import { flags } from '#domain/flag.ts';
import { sorts, waitings } from '#domain/queue.ts';
import { agentIds } from '#domain/transcript/agent.ts';
import type { QueueFilter, QueuePlace } from '#sql/queries/queue.ts';
import { blankIsAbsent } from '../../http/blank.ts';

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.preprocess(blankIsAbsent, z.enum(values, `it must be one of ${values.join(', ')}`).optional());
}

const view = {
  waiting: oneOf(waitings),
  agent: oneOf([...agentIds, 'none']),
  flag: oneOf(flags),
  sort: oneOf(sorts),
};

/** Where a page ends, under what it was asked for: what an opaque `next` holds. */
const place = z.strictObject({
  ...view,
  key: z.union([z.iso.datetime({ precision: 3 }), z.int().min(0)]),
  gist_id: z.string().regex(/^[0-9a-f]{1,32}$/),
});

/** What is asked of the queue. */
export type QueueInput = z.infer<typeof queueInput>;

/**
 * The queue's query. `after` is the `next` of an earlier page and goes on as that was asked for; what is said besides
 * must say the same.
 */
export const queueInput = z
  .object({ ...view, after: z.preprocess(blankIsAbsent, z.string().max(600).optional()) })
  .transform(({ after, ...asked }, context) => {
    const wanted = after === undefined ? {} : readPlace(after);
    const other = wanted && viewNames.find((name) => asked[name] && after && asked[name] !== wanted[name]);
    if (!wanted || other) {
      const message = 'it is not the `next` of an earlier page of what is asked for';
      context.addIssue({ code: 'custom', path: ['after'], message });
      return z.NEVER;
    }
    const { key, gist_id: gistId, sort, ...filter } = { ...asked, ...wanted };
    const at = typeof key === 'string' ? new Date(key) : key;
    return {
      sort: sort ?? 'oldest',
      waiting: filter.waiting ?? null,
      agent: filter.agent ?? null,
      flag: filter.flag ?? null,
      after: at !== undefined && gistId !== undefined ? { key: at, gistId } : null,
    };
  });

const viewNames = ['waiting', 'agent', 'flag', 'sort'] as const;

function readPlace(after: string): Partial<z.infer<typeof place>> | null {
  try {
    const { data } = place.safeParse(JSON.parse(Buffer.from(after, 'base64url').toString()));
    const byTime = data?.sort === 'oldest' || data?.sort === 'newest';
    return data && byTime === (typeof data.key === 'string') ? data : null;
  } catch {
    return null;
  }
}

/** The `next` that continues behind this row. */
export function nextAfter(
  { key, gistId }: QueuePlace,
  { sort, waiting, agent, flag }: Pick<QueueFilter, 'waiting' | 'agent' | 'flag'> & Pick<QueueInput, 'sort'>,
): string {
  const whole = { waiting, agent, flag, sort, key, gist_id: gistId };
  const told = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
  return Buffer.from(JSON.stringify(told)).toString('base64url');
}
