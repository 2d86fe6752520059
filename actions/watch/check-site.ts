import { z } from 'zod';
import type { Alert } from './alert.ts';
import { type Asked, ask, type Patience, readJson } from './ask.ts';

const health = z.object({ ok: z.literal(true) });
const problem = z.object({ code: z.string().regex(/^[a-z_]{1,50}$/) });

/** Whether the site is ready to answer, and its home page a page. */
export async function checkSite(site: string, patience: Patience): Promise<Alert[]> {
  const address = `${site}/api/health/ready`;
  const ready = await ask(address, patience);
  if (!('status' in ready))
    return [{ key: 'site', sentence: `${address} does not answer: ${ready.failed}.` }];
  if (ready.status !== 200 || readJson(ready.text, health) === null) {
    const code = readJson(ready.text, problem)?.code;
    const key = code === 'database_unavailable' ? 'database' : 'site';
    return [{ key, sentence: `${address} answers ${ready.status}${code ? ` ${code}` : ''}.` }];
  }
  const home = await ask(`${site}/`, patience);
  return isPage(home) ? [] : [{ key: 'site', sentence: `${site}/ is no page: ${outcomeOf(home)}.` }];
}

const isPage = (asked: Asked) => 'status' in asked && asked.status === 200 && asked.text.includes('</html>');

export function outcomeOf(asked: Asked): string {
  return 'status' in asked ? `it answers ${asked.status}` : asked.failed;
}
