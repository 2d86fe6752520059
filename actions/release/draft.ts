import type { ReleaseRepository } from '#github/release-repository.ts';
import {
  createDraft,
  hasTag,
  listReleases,
  type Release,
  type ReleaseAnswer,
  type ReleaseWords,
} from '#github/releases.ts';
import type { Filling } from './fill-draft.ts';
import { patiently } from './patience.ts';
import type { Standing } from './standing.ts';

export type Draft = { kind: 'draft'; draft: Release } | { kind: 'tagged' };

/**
 * The oldest draft of this tag, or a new one. A lost answer may leave two drafts: then one is used, the other told of.
 * `tagged`: the tag is there without a release, so somebody else made it, or deleted its release.
 */
export async function findOrMakeDraft(
  repository: ReleaseRepository,
  tag: string,
  words: ReleaseWords,
  standing: Standing,
  filling: Filling,
): Promise<ReleaseAnswer<Draft>> {
  for (const { tag: other, url } of standing.unfinished) {
    filling.log(`A draft of ${other} was never finished: ${url}. It can be deleted by hand.`);
  }
  let drafts = standing.drafts;
  if (drafts.length === 0) {
    const tagged = await patiently(filling, () => hasTag(repository, tag));
    if (tagged.kind !== 'ok') return tagged;
    if (tagged.value) return { kind: 'ok', value: { kind: 'tagged' } };
    const made = await makeDraft(repository, tag, words, filling);
    if (made.kind !== 'ok') return made;
    drafts = made.value;
  }
  const [draft, ...others] = drafts;
  if (draft === undefined) throw new Error('There is neither a draft nor a reason.');
  for (const { url } of others) {
    filling.log(`There is another draft of ${tag}: ${url}. It is left alone, and can be deleted by hand.`);
  }
  return { kind: 'ok', value: { kind: 'draft', draft } };
}

/** Asked again, it looks first: the request before may have made the draft, though its answer was lost. */
async function makeDraft(
  repository: ReleaseRepository,
  tag: string,
  words: ReleaseWords,
  filling: Filling,
): Promise<ReleaseAnswer<Release[]>> {
  let asked = false;
  return patiently(filling, async () => {
    if (asked) {
      const found = await draftsOf(tag, repository);
      if (found.kind !== 'ok' || found.value.length > 0) return found;
    }
    asked = true;
    const created = await createDraft(repository, tag, words);
    return created.kind === 'ok' ? { kind: 'ok', value: [created.value] } : created;
  });
}

async function draftsOf(tag: string, repository: ReleaseRepository): Promise<ReleaseAnswer<Release[]>> {
  const listed = await listReleases(repository);
  if (listed.kind !== 'ok') return listed;
  const drafts = listed.value.filter((release) => release.draft && release.tag === tag);
  return { kind: 'ok', value: drafts.sort((a, b) => a.id - b.id) };
}
