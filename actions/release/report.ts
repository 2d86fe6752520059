import { bytesText } from '#domain/bytes-text.ts';
import { oneLine } from '#domain/one-line.ts';
import type { ReleaseFailure } from '#github/release-failure.ts';
import type { ReleaseWords } from '#github/releases.ts';
import type { JobResult } from '../job.ts';
import { plainMarkdown } from '../result-page.ts';
import type { Doing, Outcome } from './run.ts';
import { tagOf } from './standing.ts';

/** Tells what a release did: lines for people, a summary for programs, or why it would not. */
export function report(
  outcome: Outcome,
  { repository, output }: { repository: string; output: string },
): JobResult {
  switch (outcome.kind) {
    case 'released': {
      const { id, release, assets, bytes, words } = outcome;
      const changeable =
        release.immutable === false
          ? [
              `It can be changed by those who may write to ${repository}: turn on immutable releases in its settings.`,
            ]
          : [];
      return {
        ok: true,
        lines: [`Released ${release.tag}: ${assets} files, ${bytesText(bytes)}.`, release.url, ...changeable],
        page: page(release.url, words),
        summary: { released: true, snapshot_id: id, tag: release.tag, url: release.url, assets, bytes },
      };
    }
    case 'due':
      return {
        ok: true,
        lines: [`${tagOf(outcome.id)} would be released. Nothing was written.`],
        summary: { released: false, due: true, snapshot_id: outcome.id, url: null },
      };
    case 'already':
      return nothingToDo(`${tagOf(outcome.id)} is released already.`, outcome.id, outcome.url);
    case 'unchanged':
      return nothingToDo(
        `The dataset has not changed since ${outcome.tag}, so there is no new release.`,
        outcome.id,
        outcome.url,
      );
    case 'nothing_published':
      return nothingToDo('No snapshot is published yet, so there is nothing to release.', null, null);
    case 'busy':
      return refused(
        'Another job is exporting, publishing or releasing. Wait until it has ended, then run this again.',
      );
    case 'files_missing':
      return refused(
        `The files of snapshot ${outcome.id} are not whole in ${output}. Run npm run dataset:fetch, then run this again.`,
      );
    case 'later_released':
      return refused(
        `${outcome.tag} is released, and is newer than ${tagOf(outcome.id)}, the newest this database knows to be published. Check that DATABASE_URL and GITHUB_REPOSITORY belong together.`,
      );
    case 'tag_without_release':
      return refused(
        `The tag ${outcome.tag} is in ${repository} without a release: somebody made it, or deleted its release. Delete the tag if it never had a release; else leave it, and the next snapshot is released under a tag of its own.`,
      );
    case 'published_otherwise':
      return refused(
        `${outcome.tag} is public, but not with the files of the snapshot: ${names(outcome.names)}. What is public is not changed by this job. Look at ${outcome.url} and tell its readers, or delete it by hand; the next snapshot gets a release of its own.`,
      );
    case 'altered':
      return refused(
        `GitHub keeps other bytes than were uploaded: ${names(outcome.names)}. The draft is not published. Run this again later.`,
      );
    case 'failed':
      return refused(failureSentence(outcome.doing, outcome.failure, repository));
  }
}

/** The release's own words under its name, with smaller headings than its own. */
function page(url: string, { name, notes }: ReleaseWords): string {
  return `[${plainMarkdown(name)}](${url})\n\n${notes.replace(/^## /gm, '#### ')}`;
}

function nothingToDo(line: string, id: string | null, url: string | null): JobResult {
  const lines = url === null ? [line] : [line, url];
  return { ok: true, lines, summary: { released: false, due: false, snapshot_id: id, url } };
}

const refused = (sentence: string): JobResult => ({ ok: false, sentence });

/** A few of the names, as far as they come from GitHub on one line. */
function names(all: readonly string[]): string {
  const shown = all.slice(0, 5).map((name) => oneLine(name, 100));
  return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}

function failureSentence(doing: Doing, failure: ReleaseFailure, repository: string): string {
  switch (failure.kind) {
    case 'missing':
      return missingSentence(doing, repository);
    case 'rate_limited':
      return `GitHub is limiting our requests. Run this again in ${failure.retryAfter} s, and it goes on with the rest.`;
    case 'unavailable':
      return `GitHub is not answering properly (${failure.why ?? 'no reason told'}) while ${doing}. Run this again later, and it goes on with the rest.`;
    case 'refused':
      return refusalSentence(doing, failure, repository);
  }
}

/** GitHub says the same of what is not there and of what this token may not know of. */
function missingSentence(doing: Doing, repository: string): string {
  switch (doing) {
    case 'listing releases':
      return `GitHub has no repository ${repository}, or does not show it to this token. Check GITHUB_REPOSITORY and GITHUB_TOKEN.`;
    case 'making a draft':
      return `GitHub lets this token make no release in ${repository}: it needs the permission contents: write.`;
    default:
      return 'The release is gone from GitHub, where it was a moment ago: somebody deleted it. Run this again, and it is made anew unless it was public.';
  }
}

function refusalSentence(
  doing: Doing,
  { why, says }: Extract<ReleaseFailure, { kind: 'refused' }>,
  repository: string,
): string {
  const quoted = says === '' ? '' : ` GitHub says: ${oneLine(says, 300)}`;
  switch (why) {
    case 'credentials':
      return `GitHub does not take the token in GITHUB_TOKEN. Give one that is valid.${quoted}`;
    case 'permission':
      return `The token in GITHUB_TOKEN may not write releases of ${repository}: it needs the permission contents: write.${quoted}`;
    case 'moved':
      return `The repository ${repository} has another name now. Correct GITHUB_REPOSITORY.`;
    case 'taken':
    case 'immutable':
      return `Somebody else published this release while this job was ${doing}. Run this again, and it looks at what is public.${quoted}`;
    case 'tag_used':
      return `The tag of this snapshot belonged to an immutable release that was deleted, and GitHub never gives it out again. The draft stays and can be deleted by hand; the next snapshot is released under a tag of its own.`;
    case 'other':
      return `GitHub refused ${doing}.${quoted}`;
  }
}
