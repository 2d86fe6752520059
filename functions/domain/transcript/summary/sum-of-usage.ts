import type { UsageEvent } from '../event.ts';

/** Tokens read and written; null where the file does not say. */
export function sumOfUsage() {
  const told = new Map<string, { input: number; output: number }>();
  const sums = { input: 0, output: 0 };
  const known = { input: false, output: false };
  let total: UsageEvent | null = null;
  return {
    add(event: UsageEvent) {
      if (event.counts === 'total') {
        total = event;
        return;
      }
      const before = event.messageId === undefined ? undefined : told.get(event.messageId);
      const now = { input: event.input ?? 0, output: event.output ?? 0 };
      sums.input += now.input - (before?.input ?? 0);
      sums.output += now.output - (before?.output ?? 0);
      if (event.messageId !== undefined) told.set(event.messageId, now);
      known.input ||= event.input !== null;
      known.output ||= event.output !== null;
    },
    end: () => ({
      inputTokens: exact(total ? total.input : known.input ? sums.input : null),
      outputTokens: exact(total ? total.output : known.output ? sums.output : null),
    }),
  };
}

/** Counts that make a sum no number can hold exactly are nonsense, so the sum is unknown. */
function exact(sum: number | null): number | null {
  return sum !== null && Number.isSafeInteger(sum) && sum >= 0 ? sum : null;
}
