import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Dev, exportDataset } from '../../actions/dev/testing.ts';
import type { WrittenGist } from './gists.ts';
import { signIn } from './people.ts';

/*
 * What a test needs to have happened, without walking through the pages: the same requests, as the person signed in
 * on `page`.
 */

/** Submits a gist and returns its revision. */
export async function submitted(page: Page, { url }: Pick<Dev, 'url'>, gist: WrittenGist): Promise<string> {
  const data = { gist_url: gist.url, license: 'MIT', attested: true };
  const answer = await page.request.post(`${url}/api/submissions`, { data });
  expect(answer.status()).toBe(201);
  return (await answer.json()).revision;
}

/** Decides about a submission as a moderator. */
export async function decided(
  page: Page,
  { url }: Pick<Dev, 'url'>,
  gist: WrittenGist,
  decision: { decision: string; revision: string; reason?: string; note?: string },
): Promise<void> {
  const answer = await page.request.post(`${url}/api/moderation/${gist.id}`, { data: decision });
  expect(answer.status()).toBe(200);
}

/** Lists gists of one owner, each approved as it is, and publishes the index. Returns their revisions. */
export async function published(
  owner: Page,
  moderator: Page,
  dev: Dev,
  gists: readonly WrittenGist[],
): Promise<string[]> {
  await signIn(owner, dev, gists[0]?.login ?? '');
  await signIn(moderator, dev, 'moderator');
  const revisions: string[] = [];
  for (const gist of gists) {
    const revision = await submitted(owner, dev, gist);
    await decided(moderator, dev, gist, { decision: 'approve', revision });
    revisions.push(revision);
  }
  await exportDataset(dev);
  return revisions;
}

/** The lines of a published file of JSON lines. */
export async function publishedLines(page: Page, address: string): Promise<Record<string, unknown>[]> {
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  return (await answer.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
