import type { APIRoute } from 'astro';
import { currentRuntime } from '#runtime/runtime.ts';
import { routes } from '../api/routes.ts';
import { dispatch } from './dispatch.ts';

/** Every address under /api/. The table of them is `functions/api/routes.ts`. */
export const ALL: APIRoute = ({ request }) => {
  const runtime = currentRuntime();
  if (!runtime) throw new Error('the API was asked before its program provided a runtime');
  return dispatch(request, routes, runtime);
};
