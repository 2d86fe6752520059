import type { APIRoute } from 'astro';
import { declarationSchema, declarationSchemaPath } from '#domain/declaration-schema.ts';

/** JSON Schema of the file by which an owner declares something about the session in a gist. */
export const GET: APIRoute = ({ site }) => {
  const schema = declarationSchema(new URL(declarationSchemaPath, site).href);
  return new Response(`${JSON.stringify(schema, null, 2)}\n`, {
    headers: { 'content-type': 'application/schema+json; charset=utf-8' },
  });
};
