import { type AtomEntry, type AtomFeed, escapeMarkup } from '#domain/atom.ts';
import { licenses } from '#domain/license.ts';
import { oneLine } from '#domain/one-line.ts';
import type { AgentId } from '#domain/transcript/agent.ts';
import type { Card } from '../browse/card.ts';
import { agentName } from '../wording/agents.ts';
import { bytesText, counted, shortSha } from '../wording/figures.ts';
import { agentText, countsText, someNames, tokensText } from '../wording/session.ts';
import { dayText } from '../wording/times.ts';
import { feedPaths } from './addresses.ts';

/** How many sessions a feed tells of. */
export const feedLength = 50;

/** A feed of sessions as Atom has it, and what JSON Feed has beyond. */
export interface SessionFeed extends AtomFeed {
  selfJson: string;
  entries: readonly (AtomEntry & { author: { name: string; uri: string }; categories: readonly string[] })[];
}

interface Told {
  /** Address of the site. */
  site: URL;
  agent: AgentId | null;
  /** Newest approval first. */
  cards: readonly Card[];
  /** When the snapshot they are of was made; null before the first. */
  generatedAt: string | null;
}

/** The newest sessions, of one agent or all. Ids are tag URIs (RFC 4151): another path or port makes no new entries of them. */
export function sessionFeed({ site, agent, cards, generatedAt }: Told): SessionFeed {
  const at = (path: string) => new URL(path, site).href;
  const tag = (name: string) => `tag:${site.hostname},2026:${name}`;
  const paths = feedPaths(agent);
  return {
    id: tag(agent === null ? 'sessions' : `sessions/${agent}`),
    title: `${agent === null ? 'Newest sessions' : `Newest sessions with ${agentName(agent)}`} · Open Agent Sessions`,
    updated: new Date(cards[0]?.approved_at ?? generatedAt ?? 0),
    author: 'Open Agent Sessions',
    self: at(paths.atom),
    selfJson: at(paths.json),
    alternate: at(agent === null ? '/sessions' : `/sessions?agent=${agent}`),
    entries: cards.map((card) => ({
      id: tag(`session/${card.gist_id}`),
      title: words(card.title, 200) || 'Untitled',
      updated: new Date(card.approved_at),
      alternate: at(`/sessions/${card.gist_id}`),
      html: html(card),
      author: {
        name: words(card.gist_owner_login, 100) || 'unknown',
        uri: at(`/contributors/${encodeURIComponent(card.gist_owner_id)}`),
      },
      categories: [card.agent, ...card.tags.slice(0, 20)]
        .map((term) => words(term ?? '', 100))
        .filter((term) => term !== ''),
      rights: `${licenses[card.license].name}: ${licenses[card.license].url}`,
    })),
  };
}

/** Somebody else's text as `oneLine` has it, and without what is no character: JSON could carry it, XML cannot. */
function words(text: string, most: number): string {
  return oneLine(text.replace(/\p{Noncharacter_Code_Point}/gu, ''), most);
}

function html(card: Card): string {
  const topic = words(card.topic ?? '', 300);
  const lines = [
    topic,
    [agentText(card) ?? 'Agent not known', someNames(card.models, 3)].filter(Boolean).join(', '),
    [countsText(card), tokensText(card)].filter(Boolean).join('; '),
    `${bytesText(card.total_bytes)} in ${counted(card.file_count, 'file')}, ${card.license}; revision ${shortSha(card.gist_version)}, read ${dayText(card.approved_at)}`,
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeMarkup(words(line, 500))}</p>`)
    .join('');
}
