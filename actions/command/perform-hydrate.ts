import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import type { Shard } from '../copy/layout.ts';
import { FlagError, readShard } from '../flags.ts';
import { type Format, formats } from '../hydrate/formats/open-format.ts';
import { createApiLook } from '../hydrate/host/api-look.ts';
import { report } from '../hydrate/report.ts';
import { run } from '../hydrate/run.ts';
import type { JobCall, JobResult } from '../job.ts';
import { report as reportPull } from '../pull/report.ts';
import type { hydrateFlags } from './hydrate.ts';
import { readFromOne, readWhole } from './numbers.ts';
import { performPull } from './perform-pull.ts';
import { selectionOf } from './selection-of.ts';
import { officialRawHost, readAddress, readSettings } from './settings.ts';

const standard = { concurrency: 16, patience: 15, maxBytes: 100_000_000 };
/** How often a shard looks whether another has pulled, in milliseconds. */
const turn = 1000;

type Call = JobCall<typeof hydrateFlags>;

/** Pulls from a place into a copy, then fetches the chosen sessions, as the flags say. Throws FlagError. */
export async function performHydrate(call: Call, copy: string, place: string): Promise<JobResult> {
  // Bytes are garbage as soon as they are written: room for the young that grows takes 80 MB, and makes nothing faster.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { flags, env, tally, log, signal } = call;
  const { rawHost, apiUrl, apiToken: token } = readSettings(env);
  const own = flags['raw-host'];
  const input = {
    copy,
    selection: await selectionOf(flags),
    shard: flags.shard === undefined ? { index: 1, of: 1 } : readShard('--shard', flags.shard),
    concurrency: readFromOne('--concurrency', flags.concurrency, 256) ?? standard.concurrency,
    patienceMs: (readWhole('--patience', flags.patience, 'minutes') ?? standard.patience) * 60_000,
    maxBytes: readFromOne('--max-bytes', flags['max-bytes'], 1e12) ?? standard.maxBytes,
    rawHosts: {
      official: officialRawHost,
      used: own === undefined ? rawHost : readAddress('--raw-host', own, officialRawHost),
    },
    formats: readFormats(flags.format),
    recheck: flags.rehash,
  };
  const refused = flags.offline ? null : await pullFirst(call, copy, place, input.shard);
  if (refused !== null) return refused;
  const outcome = await run(input, {
    tally,
    log,
    signal,
    now: () => new Date(),
    random: Math.random,
    api: createApiLook({ apiUrl, token, signal }),
  });
  return report(outcome, copy);
}

/** Null where the newest snapshot is here; else why it is not. One of several shards pulls, and the others wait for it. */
async function pullFirst(call: Call, copy: string, place: string, { of }: Shard): Promise<JobResult | null> {
  const { log, progress, signal } = call;
  for (;;) {
    const outcome = await performPull(call, copy, place);
    if (outcome.kind !== 'busy' || of === 1) {
      const result = reportPull(outcome, copy, place);
      if (!result.ok) return result;
      log(result.lines[0] ?? '');
      return null;
    }
    progress(`Waiting for another command at work in ${copy}.`);
    await sleep(turn, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function readFormats(texts: readonly string[]): Format[] {
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  const known = names.map((name) => {
    const format = formats.find((each) => each === name);
    if (format !== undefined) return format;
    throw new FlagError(`--format knows no "${name}". It knows ${formats.join(', ')}.`);
  });
  return [...new Set(known)];
}
