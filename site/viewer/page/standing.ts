import type { Standing } from './sentences.ts';

/**
 * Asks GitHub what became of a gist: deleted, made secret, or edited since this revision. Null when nothing did, and when
 * GitHub does not say: an outage takes nothing away.
 */
export async function standingOf(api: string, gistId: string, revision: string): Promise<Standing | null> {
  try {
    const response = await fetch(`${api}/gists/${encodeURIComponent(gistId)}`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { accept: 'application/vnd.github+json' },
    });
    if (response.status === 404) return 'gone';
    if (!response.ok) return null;
    const gist: unknown = await response.json();
    if (typeof gist !== 'object' || gist === null) return null;
    if ('public' in gist && gist.public === false) return 'secret';
    const history = 'history' in gist && Array.isArray(gist.history) ? gist.history : [];
    const head: unknown = history[0]?.version;
    return typeof head === 'string' && head !== revision ? 'changed' : null;
  } catch {
    return null;
  }
}
