import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';

/** A line of pino's that tells of an error. */
const errorLine = z.object({
  level: z.number().min(50),
  error: z.object({ code: z.string().optional(), message: z.string().default('') }).default({ message: '' }),
});

/** Lines of the site's logs that tell of an error nobody foresaw: all but those of a database that was away. */
export async function countSurprises(folder: string): Promise<number> {
  let found = 0;
  for (const name of ['site-1.log', 'site-2.log']) {
    for await (const line of createInterface(createReadStream(join(folder, name)))) {
      if (line.includes('"level":') && isSurprise(line)) found += 1;
    }
  }
  return found;
}

function isSurprise(line: string): boolean {
  const read = errorLine.safeParse(parse(line));
  if (!read.success) return false;
  const { code, message } = read.data.error;
  return !isDatabaseUnavailable(Object.assign(new Error(message), code === undefined ? {} : { code }));
}

/** A process that was killed leaves half a line. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
