import type { APIRoute, GetStaticPaths } from 'astro';
import { drawPicture } from '../../faces/picture/draw.ts';
import { type PageName, pagePictures } from '../../faces/picture/pages.ts';

export const getStaticPaths = (() =>
  Object.keys(pagePictures).map((page) => ({ params: { page } }))) satisfies GetStaticPaths;

/** The pictures that link previews show with the main pages, drawn with the site. */
export const GET: APIRoute = async ({ params, site }) => {
  const shown = pagePictures[params.page as PageName];
  const picture = await drawPicture({ ...shown, foot: site?.host ?? 'Open Agent Sessions' }, shown.title);
  return new Response(new Uint8Array(picture), { headers: { 'content-type': 'image/png' } });
};
