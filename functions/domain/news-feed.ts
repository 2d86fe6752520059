import { type AtomEntry, type AtomFeed, escapeMarkup } from './atom.ts';
import { reasons } from './moderation.ts';
import { type NewsMove, newsWords } from './news.ts';
import { type NextStep, nextStep, nothingToDo } from './next-step.ts';
import type { State } from './submission.ts';

/** A move as its gist's owner is told of it. */
export interface NewsItem {
  /** Its log number. */
  seq: number;
  at: Date;
  gistId: string;
  title: string;
  move: NewsMove;
  toState: State;
  reason: string | null;
  note: string | null;
  /** No later move has overtaken it. */
  standing: boolean;
  mayAnswer: boolean;
}

interface Told {
  siteUrl: string;
  /** GitHub's number of the account. */
  githubId: string;
  /** When the account was made: the time of a feed without entries. */
  since: Date;
  /** Newest first. */
  items: readonly (NewsItem & { path: string })[];
}

/**
 * An owner's news as a feed. `path` of an item is the page that shows its submission. The address it names as its own
 * is without the token, so that a copy of the feed opens nothing.
 */
export function newsFeed({ siteUrl, githubId, since, items }: Told): AtomFeed {
  const { hostname } = new URL(siteUrl);
  // Tag URIs: https://www.rfc-editor.org/rfc/rfc4151
  const tag = (name: string) => `tag:${hostname},2026:${name}`;
  return {
    id: tag(`news/${githubId}`),
    title: 'Decisions about your submissions · Open Agent Sessions',
    updated: items[0]?.at ?? since,
    author: 'Open Agent Sessions',
    self: `${siteUrl}/api/feed`,
    alternate: `${siteUrl}/mine`,
    entries: items.map(
      (item): AtomEntry => ({
        id: tag(`move/${item.seq}`),
        title: `${newsWords[item.move]}: ${item.title}`,
        updated: item.at,
        alternate: siteUrl + item.path,
        html: [reasonHtml(item.reason), noteHtml(item.note), nextHtml(item, siteUrl)].join(''),
      }),
    ),
  };
}

function reasonHtml(reason: string | null): string {
  const words = Object.entries(reasons).find(([id]) => id === reason)?.[1];
  return words === undefined ? '' : `<p><strong>${escapeMarkup(words)}.</strong></p>`;
}

function noteHtml(note: string | null): string {
  if (note === null) return '';
  const lines = escapeMarkup(note).replaceAll('\n', '<br>');
  return `<p>Note from the moderator:</p><blockquote><p>${lines}</p></blockquote>`;
}

function nextHtml(item: NewsItem & { path: string }, siteUrl: string): string {
  const mine = { path: item.path, words: 'Under My submissions' };
  const overtaken = { act: true, sentence: 'It has moved on since; see where it stands now.', link: null };
  const { act, sentence, link }: NextStep = item.standing ? nextStep(item) : overtaken;
  const links = [link, mine].filter((place) => place !== null);
  return `<p>${act ? '' : `${nothingToDo} `}${escapeMarkup(sentence)}</p><p>${links
    .map(({ path, words }) => `<a href="${escapeMarkup(siteUrl + path)}">${escapeMarkup(words)}</a>`)
    .join(' · ')}</p>`;
}
