import type { APIRoute } from 'astro';
import { datasetRow } from '#domain/dataset-row.ts';
import { answerRow } from '../../../../faces/answer-row.ts';
import { answerJson } from '../../../../faces/api/answer.ts';

export const prerender = false;

/** Not a file of its own, of which there would be as many as sessions: read from the snapshot on request. */
export const GET: APIRoute = (context) =>
  answerRow(context, (row) => {
    const answer = answerJson(datasetRow, row);
    answer.headers.set('cache-control', 'public, max-age=300');
    return answer;
  });
