import type { APIRoute } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { pictureTag, sessionPicture } from '../../../faces/picture/session.ts';
import { currentListing } from '../../../published/current-listing.ts';

export const prerender = false;

/** The picture that link previews show with a session. Where too many are being drawn, the one that fits every page. */
export const GET: APIRoute = async ({ params, request, url }) => {
  const listing = await currentListing();
  const row = await listing.row(params.gist_id ?? '');
  if (row === null || listing.manifest === null) return new Response(null, { status: 404 });
  const etag = pictureTag(row, listing.manifest.snapshot_id);
  const headers = {
    ...faceHeaders(url.pathname),
    'content-type': 'image/png',
    'cache-control': 'public, max-age=86400',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const picture = await sessionPicture(row, etag);
  if (picture === null) {
    return new Response(null, {
      status: 302,
      headers: { location: '/cards/sessions.png', 'cache-control': 'no-store' },
    });
  }
  return new Response(new Uint8Array(picture), { headers });
};
