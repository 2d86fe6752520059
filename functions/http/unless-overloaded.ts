import { refuse } from '#domain/result.ts';
import { currentAsked } from '#runtime/asked.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { refusalPage } from './refusal-page.ts';
import { problemResponse, wantsPage } from './respond.ts';

/** Seconds after which a wave of visitors is over, or not. */
const comeBackIn = 5;

/**
 * Answers, unless the process has too much to do already: then that is said, which takes next to nothing, so that those
 * it has taken in are answered in time. Health is always told. Files never come here: they are sent before.
 */
export async function unlessOverloaded(
  request: Request,
  { load }: Pick<Runtime, 'load'>,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (!load || isHealth(request)) return answer();
  if (!load.begin()) {
    const asked = currentAsked();
    if (asked) asked.route = 'none';
    const refusal = refuse('overloaded', { retry_after: comeBackIn });
    return wantsPage(request) ? refusalPage(refusal) : problemResponse(refusal);
  }
  try {
    return await answer();
  } finally {
    load.end();
  }
}

const isHealth = ({ url }: Request): boolean => /^\/api\/health(?:\/|$)/.test(new URL(url).pathname);
