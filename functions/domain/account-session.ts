/** A sign-in ends after this many days without use. */
export const idleDays = 7;
/** A sign-in ends after this many days, used or not. */
export const absoluteDays = 30;
/** A sign-in under way must come back from GitHub within this time; GitHub's code lives as long. */
export const signInMinutes = 10;

/** Who is asking. `accountId` is our internal key, `githubId` GitHub's numeric id; both as strings. */
export interface Member {
  accountId: string;
  githubId: string;
  login: string;
  moderator: boolean;
  /** Moves on their gists that others made and they have not seen yet; `mostNewsCounted` at most. */
  news: number;
}
