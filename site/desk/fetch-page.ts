import { ownPage } from '../scripts/own-page.ts';

/** A page of ours as a document, in which nothing runs; null when it cannot be had. */
export async function fetchPage(address: string, signal?: AbortSignal): Promise<Document | null> {
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' }, signal: signal ?? null });
    return ownPage(await response.text());
  } catch {
    return null;
  }
}
