import type { Rule } from '../rule.ts';
import { token } from './token.ts';

/** Keys of databases and file stores. */
export const storeTokens: readonly Rule[] = [
  token(
    'supabase',
    'Supabase token',
    ['sbp_', 'sb_secret_'],
    '(?:sbp_(?:v0_)?[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,60})',
  ),
  token('planetscale', 'PlanetScale token', ['pscale_'], 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}'),
  token('neon', 'Neon API key', ['napi_'], 'napi_[a-z0-9]{64}', { near: /napi_[a-z0-9]{60}/y }),
  token('databricks', 'Databricks token', ['dapi'], 'dapi[a-f0-9]{32}(?:-\\d)?', {
    near: /dapi[a-f0-9]{32}/y,
  }),
  token('airtable', 'Airtable token', ['pat'], 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}', {
    near: /pat[A-Za-z0-9]{14}\.[a-f0-9]{10}/y,
  }),
  token('pinecone', 'Pinecone API key', ['pcsk_'], 'pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,66}'),
  token('dropbox', 'Dropbox token', ['sl.'], 'sl\\.(?:u\\.)?[A-Za-z0-9_-]{100,1400}', {
    near: /sl\.(?:u\.)?[A-Za-z0-9_-]{100}/y,
    reach: { before: 24, after: 1600 },
  }),
  token('contentful', 'Contentful token', ['CFPAT-'], 'CFPAT-[A-Za-z0-9_-]{43}'),
];
