import type { AgentId } from '#domain/transcript/agent.ts';

/** The main pages, each with its address in Markdown, and what a list of them says of it. */
export const mainPages = [
  { path: '/', twin: '/index.md', card: 'index', about: 'what this is, and the newest sessions' },
  {
    path: '/sessions',
    twin: '/sessions.md',
    card: 'sessions',
    about: 'the newest sessions, and ways to narrow the list',
  },
  {
    path: '/dataset',
    twin: '/dataset.md',
    card: 'dataset',
    about: 'files, the command that gets the sessions, fields, removals, licence',
  },
  {
    path: '/contribute',
    twin: '/contribute.md',
    card: 'contribute',
    about: 'where agents keep sessions; redact, make a gist, submit',
  },
  { path: '/policy', twin: '/policy.md', card: 'policy', about: 'what moderators check, states and reasons' },
  { path: '/privacy', twin: '/privacy.md', card: 'privacy', about: 'what is stored, and how to leave' },
] as const;

/** Pages that search engines may show besides, in their order in the sitemap. */
export const furtherPages = [
  '/dataset/fields',
  '/dataset/recipes',
  '/dataset/statistics',
  '/dataset/snapshots',
  '/am-i-in-it',
  '/log',
  '/submit',
];

const sessionPath = /^\/sessions\/([0-9a-f]+)$/;

/** Addresses that stand for a page, for programs. */
export interface Faces {
  /** The page in Markdown; null where there is none. */
  twin: string | null;
  /** The picture of link previews. */
  card: string;
}

/** The faces of the page at `path`, an address's path without a slash at its end. */
export function facesOf(path: string): Faces {
  const main = mainPages.find((page) => page.path === path);
  if (main) return { twin: main.twin, card: `/cards/${main.card}.png` };
  const [, gistId] = sessionPath.exec(path) ?? [];
  if (gistId !== undefined) return { twin: `${path}.md`, card: `${path}/card.png` };
  return { twin: null, card: '/cards/index.png' };
}

/** Where the newest sessions are as feeds: of one agent, or all. */
export function feedPaths(agent: AgentId | null): { atom: string; json: string } {
  const path = agent === null ? '/feed' : `/feeds/${agent}`;
  return { atom: `${path}.xml`, json: `${path}.json` };
}
