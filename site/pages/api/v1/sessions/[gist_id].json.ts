import type { APIRoute } from 'astro';
import { datasetRow } from '#domain/dataset-row.ts';
import { answerJson, nothingHere } from '../../../../faces/api/answer.ts';
import { currentListing } from '../../../../published/current-listing.ts';

export const prerender = false;

/** Not a file of its own, of which there would be as many as sessions: read from the snapshot on request. */
export const GET: APIRoute = async ({ params }) => {
  const row = await (await currentListing()).row(params.gist_id ?? '');
  if (row === null) return nothingHere();
  const answer = answerJson(datasetRow, row);
  answer.headers.set('cache-control', 'public, max-age=300');
  return answer;
};
