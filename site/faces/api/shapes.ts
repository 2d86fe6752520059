import { z } from 'zod';
import { datasetRow } from '#domain/dataset-row.ts';
import { manifest } from '#domain/snapshot.ts';
import { agentIds } from '#domain/transcript/agent.ts';
import { cardFields } from '../../browse/card.ts';
import { summary } from '../../browse/summary.ts';

/**
 * The shapes of what is below /api/v1/. Within version 1 a field keeps its name, place and meaning; fields and files may be
 * added, so readers leave alone what they do not know.
 */
const address = z.url();
const count = z.int().min(0);
const time = z.iso.datetime({ precision: 3 });
const snapshot = manifest.shape.snapshot_id.nullable().describe('Null as long as nothing was exported');
const agent = z.enum(agentIds);

export const session = datasetRow
  .pick(
    Object.fromEntries(cardFields.map((name) => [name, true])) as Record<(typeof cardFields)[number], true>,
  )
  .extend({
    file_count: count.describe('How many files the gist has'),
    url: address.describe('The session’s page'),
    row_url: address.describe('The session’s whole row'),
  });

export const sessions = z.strictObject({
  snapshot_id: snapshot,
  total: count.describe('How many there are in the index; the dataset has them all'),
  sessions: z.array(session).max(50).describe('Newest approval first'),
});

export const agents = z.strictObject({
  snapshot_id: snapshot,
  agents: z
    .array(
      z.strictObject({
        agent,
        name: z.string(),
        sessions: count,
        newest_url: address,
        atom_url: address,
        json_feed_url: address,
      }),
    )
    .describe('Every agent that can be named, those without a session too'),
});

export const latest = z.strictObject({
  snapshot_id: snapshot,
  generated_at: time.nullable(),
  schema_version: z.string().nullable(),
  record_count: count,
  log_seq: count,
  verified_from: time.nullable(),
  verified_to: time.nullable(),
  manifest_url: address.nullable(),
  files: z
    .record(z.string(), manifest.shape.files.valueType.extend({ url: address }))
    .describe('By name, at addresses that never change'),
});

/** The summary without what only our own pages read by. */
export const totals = summary.omit({ browse_version: true, files: true });

export const index = z.strictObject({
  snapshot_id: snapshot,
  openapi_url: address,
  documentation_url: address,
  urls: z.record(z.string(), z.string()).describe('By name; {braces} stand for what you fill in'),
});

export const problem = z.looseObject({
  type: z.string(),
  status: z.int(),
  code: z.string().describe('Stable'),
  detail: z.string(),
});

/** What is answered at which path below /api/v1/, with its shape. */
export const answers = [
  { path: 'index.json', name: 'Index', shape: index, says: 'What there is' },
  {
    path: 'latest.json',
    name: 'Latest',
    shape: latest,
    says: 'The newest snapshot and the addresses of its files',
  },
  { path: 'summary.json', name: 'Summary', shape: totals, says: 'The index in numbers' },
  { path: 'agents.json', name: 'Agents', shape: agents, says: 'Agents, and where their sessions are' },
  { path: 'sessions/newest.json', name: 'Sessions', shape: sessions, says: 'The newest sessions' },
  {
    path: 'agents/{agent}/newest.json',
    name: 'Sessions',
    shape: sessions,
    says: 'The newest sessions with an agent',
  },
  {
    path: 'sessions/{gist_id}.json',
    name: 'Row',
    shape: datasetRow,
    says: 'A listed session’s row, as the dataset has it. 404 where it is not listed',
  },
] as const;
