import { datasetRow } from '#domain/dataset-row.ts';
import { fieldTable } from '#domain/field-table.ts';
import { schemaVersion } from '#domain/snapshot.ts';
import { type About, type Count, datasetTags, datasetTitle, describedAs, licensePage } from './about.ts';

/** Hugging Face's classes of size, by the rows below which each ends. */
const sizes: readonly [number, string][] = [
  [1e3, 'n<1K'],
  [1e4, '1K<n<10K'],
  [1e5, '10K<n<100K'],
  [1e6, '100K<n<1M'],
  [1e7, '1M<n<10M'],
];

/**
 * The text of `README.md`: what the snapshot is, for people, with the head that makes it a data set's card.
 * https://huggingface.co/docs/hub/datasets-cards
 */
export function readmeText(about: About): string {
  return `${head(about)}
# ${datasetTitle}

${describedAs}

${about.recordCount} sessions are listed here, as of log number ${about.logSeq}. What the rows tell was last checked on ${about.date.slice(0, 10)}.

## Files

| file | bytes | sha256 |
|---|---|---|
${Object.entries(about.files)
  .map(([name, { bytes, sha256 }]) => `| \`${name}\` | ${bytes} | \`${sha256}\` |`)
  .join('\n')}

\`manifest.json\` says what this snapshot builds on. A snapshot is never changed; which one is newest is told by
${about.site}/dataset/latest/manifest.json.

## Use

\`\`\`sql
-- DuckDB
SELECT agent, license, count(*) FROM 'submissions.parquet' GROUP BY ALL ORDER BY 3 DESC;
\`\`\`

\`\`\`python
# Python, with the package datasets
from datasets import load_dataset
rows = load_dataset("parquet", data_files="submissions.parquet", split="train")
\`\`\`

The same rows, value by value, are in \`submissions.ndjson\`; \`submissions-by-gist.parquet\` tells for each gist id, in order,
where its line begins there and how long it is.

## Verify

\`\`\`sh
sha256sum --check --strict SHA256SUMS
\`\`\`

Each of a row's \`files\` has the hash git gives its bytes, so what you fetch from \`raw_url\` can be proved to be what a
moderator read: \`printf 'blob %s\\0' "$(stat -c %s FILE)" | cat - FILE | sha1sum\` prints \`git_blob_sha\`.

## Removals

Owners may leave at any time. Drop each row of your copy whose \`record_id\` is in \`removed.ndjson\` with a higher \`seq\` than the
row's own; newer departures are in ${about.site}/dataset/latest/removed.ndjson.

## Licence

There is no licence for all. \`license\` in a row is what the contributor chose for the files of that gist, and is never filled
in. The metadata itself: ${about.license ?? `none is stated, see ${licensePage(about.site)}`}.

## Contents

${counts('agent', about.agents)}

${counts('license', about.licenses)}

## Fields

Schema version ${schemaVersion}; \`schema.json\` is the same for programs.

| field | type | meaning |
|---|---|---|
${fieldTable(datasetRow)
  .map(({ name, type, nullable, description }) =>
    row([`\`${name}\``, nullable ? `${type} or null` : type, description]),
  )
  .join('\n')}
`;
}

/** YAML; every text in it is JSON's, which YAML reads as it is. */
function head({ license, recordCount, site, agents }: About): string {
  const tags = [...datasetTags, ...agents.flatMap(({ value }) => value ?? [])];
  const size = sizes.find(([below]) => recordCount < below)?.[1] ?? 'n>10M';
  return `---
pretty_name: ${JSON.stringify(datasetTitle)}
license: other
license_name: ${JSON.stringify(license ?? 'per-row')}
license_link: ${JSON.stringify(licensePage(site))}
task_categories:
- text-generation
size_categories:
- ${JSON.stringify(size)}
tags:
${tags.map((tag) => `- ${JSON.stringify(tag)}`).join('\n')}
configs:
- config_name: default
  data_files:
  - split: train
    path: submissions.parquet
---
`;
}

function counts(column: string, lines: readonly Count[]): string {
  const rows = lines.map(({ value, rows }) => row([value ?? 'unknown', String(rows)]));
  return [`| \`${column}\` | rows |`, '|---|---|', ...rows].join('\n');
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
