/**
 * The browse files of a snapshot, beside `summary.json`. A row number is a session's place in the snapshot, newest
 * approval first, counting from 0.
 *
 *   cards.parquet      row n is the card of session n, in pages of about 50, so that a list reads little else
 *   facets.parquet     row n has what session n can be narrowed and sorted by, a column each
 *   terms.parquet      blocks of terms in their order, each with how many sessions have it and where they are listed
 *   postings.parquet   the row numbers of each term, one term after another, newest first
 *   together.parquet   row n: of the sessions with the summary's value n, how many have each other value
 */
export const browseFiles = [
  'cards.parquet',
  'facets.parquet',
  'terms.parquet',
  'postings.parquet',
  'together.parquet',
] as const;
export type BrowseFile = (typeof browseFiles)[number];

/** Version of their shape: a reader takes no other. */
export const browseVersion = 2;

/** What must be known of a file to read it by ranges: its size, and that of what Parquet keeps at its end, in bytes. */
export interface FileSize {
  bytes: number;
  footer: number;
}

/**
 * A term of the index: a word as it is, a value of a facet after the facet's name, an owner's login after `login`. What is no
 * word begins with a colon, so that words which begin alike stand beside each other.
 */
export function facetTerm(facet: string, value: string): string {
  return `:${facet}:${value}`;
}

/** Logins are the same in capitals and small letters: https://docs.github.com/en/enterprise-cloud@latest/admin */
export function loginTerm(login: string): string {
  return `:login:${login.toLowerCase()}`;
}

/** Where the rows of a term are: `sessions` of them in postings.parquet, from row `first` on. */
export interface Term {
  term: string;
  sessions: number;
  first: number;
}
