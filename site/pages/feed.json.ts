import type { APIRoute } from 'astro';
import { answerFeed } from '../faces/answer-feed.ts';

export const GET: APIRoute = ({ site, url }) => answerFeed(site, url.pathname, null);
