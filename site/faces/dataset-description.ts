import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { latestFile } from '../published/latest-file.ts';

const croissant = z.looseObject({
  distribution: z.array(z.looseObject({ contentUrl: z.string() })),
});

/**
 * The newest snapshot as schema.org/Dataset, for search engines: its own croissant.json, with whole addresses for the names of
 * the files beside it, and without the table of fields. That is two thirds of it and nothing to a search engine; whoever
 * loads the dataset by it follows the link to the whole. Null as long as nothing was exported, and of snapshots from before there was that file.
 * https://developers.google.com/search/docs/appearance/structured-data/dataset
 */
export async function datasetDescription(snapshotAddress: string): Promise<object | null> {
  const file = await latestFile('croissant.json');
  if (file === null || !existsSync(file)) return null;
  const { recordSet: _, ...whole } = croissant.parse(JSON.parse(await readFile(file, 'utf8')));
  const distribution = whole.distribution.map((each) => ({
    ...each,
    contentUrl: `${snapshotAddress}/${each.contentUrl}`,
  }));
  return { ...whole, distribution };
}

/** JSON for a place within a `script` element: nothing in it can end that. */
export function scriptJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
