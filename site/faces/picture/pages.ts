import type { mainPages } from '../addresses.ts';
import type { Shown } from './layout.ts';

export type PageName = (typeof mainPages)[number]['card'];

/** What the pictures of the main pages show. They are drawn once a build, and say nothing that a snapshot changes. */
export const pagePictures: Readonly<Record<PageName, Omit<Shown, 'foot'>>> = {
  index: {
    call: ['open', 'agent'],
    title: 'Coding-agent sessions, catalogued',
    lines: [
      'Shared by their owners as public gists',
      'Read by a moderator at one revision',
      'Free to download as a dataset',
    ],
  },
  sessions: {
    call: ['all', 'listed'],
    title: 'Sessions in the index',
    lines: ['Agent, model, counts, licence', 'Owner, hashes, revision'],
  },
  dataset: {
    call: ['data', 'set'],
    title: 'The dataset',
    lines: [
      'NDJSON and Parquet, one row a session',
      'Checksums, changes, every departure',
      'DuckDB, Python, curl',
    ],
  },
  contribute: {
    call: ['five', 'steps'],
    title: 'Contribute a session',
    lines: [
      'Find it, redact it, make a public gist',
      'See what would be published',
      'You choose the licence',
    ],
  },
  policy: {
    call: ['what', 'is read'],
    title: 'Moderation policy',
    lines: ['What moderators check', 'States, reasons, answers, the public log'],
  },
  privacy: {
    call: ['never', 'stored'],
    title: 'Privacy and takedown',
    lines: ['Metadata only, no session content', 'An owner can leave at any time'],
  },
};
