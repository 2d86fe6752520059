import type { APIRoute, GetStaticPaths } from 'astro';
import { here } from '../../../published/here.ts';
import { recipesAt } from '../../../published/recipes.ts';

export const getStaticPaths: GetStaticPaths = async () =>
  recipesAt({ site: '', snapshot: null, repository: null })
    .flatMap(({ recipes }) => recipes)
    .map(({ file }) => ({ params: { file } }));

/** A recipe as a file. */
export const GET: APIRoute = async ({ params, site }) => {
  const recipes = recipesAt(await here(site)).flatMap(({ recipes }) => recipes);
  const found = recipes.find(({ file }) => file === params.file);
  if (found === undefined) return new Response(null, { status: 404 });
  return new Response(found.code, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
