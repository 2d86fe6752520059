import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { faultNames, parseFaults } from './faults.ts';
import { type Answer, failure, json } from './http/answer.ts';
import { readJson } from './http/asked.ts';
import type { World } from './world.ts';

/** No address of GitHub's: here faults are switched while the stand-in runs. */
export const switchesPath = '/_standin/faults';

const request = z.object({ faults: z.array(z.string()) });

/** GET reports the faults that are on; POST `{"faults": [...]}` replaces them first. Only JSON is taken. */
export async function answerSwitches(world: World, stream: IncomingMessage): Promise<Answer> {
  const report = () => json({ faults: world.faults.texts(), known: faultNames });
  if (stream.method === 'GET') return report();
  if (stream.method !== 'POST') return failure(405, 'Use GET or POST.');
  // A web page can post anything but JSON to another origin without asking first.
  if (!stream.headers['content-type']?.startsWith('application/json')) {
    return failure(415, 'Send {"faults": [...]} as application/json.');
  }
  const parsed = request.safeParse(await readJson(stream));
  if (!parsed.success) return failure(400, 'Send {"faults": ["NAME", ...]}.');
  const faults = parseFaults(parsed.data.faults);
  if (!faults.ok) return failure(400, faults.sentence);
  world.faults.set(faults.faults);
  world.log(`faults: ${world.faults.texts().join(' ') || 'none'}`);
  return report();
}
