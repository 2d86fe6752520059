import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Lines of the site's logs that tell of an error nobody foresaw, at pino's level 50 and above. */
export async function countSurprises(folder: string): Promise<number> {
  let found = 0;
  for (const name of ['site-1.log', 'site-2.log']) {
    for await (const line of createInterface(createReadStream(join(folder, name)))) {
      if (/"level":[56]0\b/.test(line)) found += 1;
    }
  }
  return found;
}
