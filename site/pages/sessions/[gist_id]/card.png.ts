import type { APIRoute } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { answerRow } from '../../../faces/answer-row.ts';
import { pictureTag, sessionPicture } from '../../../faces/picture/session.ts';
import { knows } from '../../../published/not-modified.ts';

export const prerender = false;

/** The picture that link previews show with a session. Where too many are being drawn, the one that fits every page. */
export const GET: APIRoute = (context) =>
  answerRow(context, async (row, { snapshot_id }) => {
    const etag = pictureTag(row, snapshot_id);
    const headers = {
      ...faceHeaders(context.url.pathname),
      'content-type': 'image/png',
      'cache-control': 'public, max-age=86400',
      etag,
    };
    if (knows(context.request.headers.get('if-none-match'), etag))
      return new Response(null, { status: 304, headers });
    const picture = await sessionPicture(row, etag);
    if (picture === null) {
      return new Response(null, {
        status: 302,
        headers: { location: '/cards/sessions.png', 'cache-control': 'no-store' },
      });
    }
    return new Response(new Uint8Array(picture), { headers });
  });
