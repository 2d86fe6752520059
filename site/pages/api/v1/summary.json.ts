import type { APIRoute } from 'astro';
import { answerJson } from '../../../faces/api/answer.ts';
import { totals } from '../../../faces/api/shapes.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const GET: APIRoute = async () => {
  const { browse_version: _, files: __, ...told } = (await currentListing()).summary;
  return answerJson(totals, told);
};
