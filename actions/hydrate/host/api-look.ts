import { z } from 'zod';

/** What GitHub says of a gist whose files are not served: it tells `gone` apart from what can come back. */
export type ApiLook = (
  gistId: string,
  revision: string,
) => Promise<'gone' | 'secret' | 'changed' | 'listed' | 'unknown'>;

interface Options {
  /** Such as https://api.github.com. */
  apiUrl: string;
  /** Without one GitHub answers 60 requests an hour. */
  token: string | null;
  signal: AbortSignal;
}

const mostUnsigned = 30;
const timeoutMs = 20_000;
/** An answer brings the beginnings of the files along; a larger one is not worth its memory. */
const mostBytes = 64 * 1024 * 1024;

const gist = z.looseObject({
  public: z.boolean(),
  history: z.array(z.looseObject({ version: z.string() })).min(1),
});

/** Asks GitHub's API about single gists, https://docs.github.com/en/rest/gists/gists#get-a-gist; what it does not answer is unknown. */
export function createApiLook({ apiUrl, token, signal }: Options): ApiLook {
  let left = token === null ? mostUnsigned : Number.POSITIVE_INFINITY;
  return async (gistId, revision) => {
    if (left <= 0) return 'unknown';
    left -= 1;
    try {
      const answer = await fetch(`${apiUrl.replace(/\/+$/, '')}/gists/${gistId}`, {
        redirect: 'error',
        headers: {
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          'user-agent': 'openagentsessions',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (answer.status === 404) return 'gone';
      // Limited, or not let in: it would be no different for the next.
      if (answer.status === 401 || answer.status === 403 || answer.status === 429) left = 0;
      if (answer.status !== 200 || answer.body === null) {
        await answer.body?.cancel();
        return 'unknown';
      }
      const found = gist.safeParse(JSON.parse(await textOf(answer.body)));
      if (!found.success) return 'unknown';
      if (!found.data.public) return 'secret';
      return found.data.history[0]?.version === revision ? 'listed' : 'changed';
    } catch {
      return 'unknown';
    }
  };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error('The answer is larger than a gist can be.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
