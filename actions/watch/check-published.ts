import { readManifest } from '#domain/read-manifest.ts';
import { publishedStatus } from '#domain/status.ts';
import type { Alert } from './alert.ts';
import { ask, type Patience, readJson } from './ask.ts';
import { outcomeOf } from './check-site.ts';

/** `latest/removed.ndjson` is refreshed every hour, and GitHub drops a run now and then. */
const refreshedWithin = 5;

/** Whether everybody can read what is published, and the departures of the last hours are told. */
export async function checkPublished(
  place: string,
  { now, patience }: { now: () => Date; patience: Patience },
): Promise<Alert[]> {
  const manifest = await ask(`${place}/latest/manifest.json`, patience);
  if (!('status' in manifest) || manifest.status !== 200 || readManifest(manifest.text).kind !== 'manifest') {
    const sentence = `${place}/latest/manifest.json is no manifest that can be read: ${outcomeOf(manifest)}.`;
    return [{ key: 'published', sentence }];
  }
  const asked = await ask(`${place}/latest/status.json`, patience);
  const status = 'status' in asked && asked.status === 200 ? readJson(asked.text, publishedStatus) : null;
  if (status === null) {
    const sentence = `${place}/latest/status.json is no status that can be read: ${outcomeOf(asked)}.`;
    return [{ key: 'removals', sentence }];
  }
  const hours = Math.floor((now().getTime() - Date.parse(status.generated_at)) / 3_600_000);
  if (hours < refreshedWithin) return [];
  return [{ key: 'removals', sentence: `Departures were told last ${hours} h ago, and are due every hour.` }];
}
