export const places = [
  'sessions',
  'store',
  'status',
  'sts',
  'messages',
  'parquet',
  'snapshots',
  'leftovers',
] as const;
export type Place = (typeof places)[number];

/**
 * Why something may not stay: how the gist departed, or
 *
 *   superseded  it is of an older revision than the one listed
 *   unlisted    bytes that nothing needs which is listed
 *   unreadable  nobody can tell whom it tells of
 *   link        it leads elsewhere, and is not followed
 *   leftover    of a run that ended early
 */
export const groundKinds = [
  'removed',
  'withdrawn',
  'gone',
  'suspended',
  'superseded',
  'unlisted',
  'unreadable',
  'link',
  'leftover',
] as const;

export interface Ground {
  kind: (typeof groundKinds)[number];
  reason: string | null;
  at: string | null;
}

/** Something in a copy that may not stay, of one gist where that is known. */
export interface Found extends Ground {
  place: Place;
  /** In the copy, with / between folders. */
  path: string;
  gist_id: string | null;
  /** How many lines or rows of a file; null of what is not made of them. */
  lines: number | null;
  bytes: number;
}

/** What has to be done at a path, and what is found there. */
export interface Task {
  path: string;
  what: 'all' | 'lines' | 'rows';
  found: Found[];
}

/** What a search tells besides its tasks. */
export interface Aside {
  /** A gist that is in an output and may stay, for all the survey knows. */
  met(gistId: string, path: string): void;
  obstacle(obstacle: Obstacle): void;
  signal: AbortSignal;
}

/** Something that hides a part of the copy from us: nobody can say what is behind it. */
export interface Obstacle {
  path: string;
  sentence: string;
}
