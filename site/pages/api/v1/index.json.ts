import type { APIRoute } from 'astro';
import { answerJson } from '../../../faces/api/answer.ts';
import { answers, index } from '../../../faces/api/shapes.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const GET: APIRoute = async ({ site }) => {
  const at = (path: string) => new URL(path, site).href;
  const { manifest } = await currentListing();
  const named = answers.map(({ path }) => {
    const name = path.replace('.json', '').replace(/\W+/g, '_').replace(/_$/, '');
    return [name, `${at('/api/v1/')}${path}`];
  });
  return answerJson(index, {
    snapshot_id: manifest?.snapshot_id ?? null,
    openapi_url: at('/api/v1/openapi.json'),
    documentation_url: at('/dataset'),
    urls: Object.fromEntries(named),
  });
};
