import type { FileDigest } from '../hashed-file.ts';

/** What a snapshot's descriptions tell besides its files. All of it comes from the database and the environment. */
export interface About {
  /** Address of the site, without a slash at its end. */
  site: string;
  /** Licence of the index's own metadata, an SPDX id or an address; null where the operator states none. */
  license: string | null;
  /** When what the rows tell was last found to be true; of an empty index, when it was exported. */
  date: string;
  logSeq: number;
  recordCount: number;
  /** Listed rows by what they have in these columns, most first; null is unknown. */
  agents: Count[];
  licenses: Count[];
  /** The files that are described. */
  files: Readonly<Record<string, FileDigest>>;
}

export interface Count {
  value: string | null;
  rows: number;
}

export const datasetName = 'openagentsessions';
export const datasetTitle = 'Open agent sessions';
export const datasetTags = ['agent-traces', 'coding-agent', 'tool-use', 'openagentsessions'];

export const describedAs = `An index of coding-agent sessions that their owners share as public GitHub gists: metadata only. \
A row says where a session is, which revision a moderator read, under which licence its contributor shares it, and what its \
files hashed to. The sessions themselves stay in the gists.`;

/** Where it is told which licence covers what. */
export const licensePage = (site: string): string => `${site}/dataset#licence`;
