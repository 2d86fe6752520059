import type { APIRoute } from 'astro';
import { openApi } from '../../../faces/api/openapi.ts';

export const GET: APIRoute = ({ site }) => {
  if (site === undefined) throw new Error('the site has no address');
  return new Response(`${JSON.stringify(openApi(site))}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
