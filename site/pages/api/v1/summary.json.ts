import type { APIRoute } from 'astro';
import { summary } from '../../../browse/summary.ts';
import { answerJson } from '../../../faces/api/answer.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const GET: APIRoute = async () => answerJson(summary, (await currentListing()).summary);
