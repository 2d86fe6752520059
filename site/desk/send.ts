/** What our API answered to a post: done, or why not, in a sentence. */
export type Sent = { ok: true; body: unknown } | { ok: false; sentence: string };

/** Posts JSON to our API, also from a page that is being left. Never throws. */
export async function send(path: string, body: object): Promise<Sent> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      keepalive: true,
    });
    const answer: unknown = await response.json();
    return response.ok ? { ok: true, body: answer } : { ok: false, sentence: textOf(answer, 'detail') };
  } catch {
    return { ok: false, sentence: 'The site could not be reached. Try again.' };
  }
}

/** A member of an answer that is text; empty where it is none. */
function textOf(answer: unknown, name: string): string {
  if (typeof answer !== 'object' || answer === null) return '';
  const value = Object.entries(answer).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}
