import type { Manifest } from '#domain/snapshot.ts';
import { type ChangeKind, changeKinds } from '#domain/submission.ts';
import type { ReleaseWords } from '#github/releases.ts';
import { plainMarkdown } from '../result-page.ts';
import { type PartedFile, partsFile } from './assets.ts';
import type { Attestation } from './attestation.ts';
import type { RowCounts } from './row-counts.ts';

export interface NotesInput {
  tag: string;
  /** `owner/name` */
  repository: string;
  manifest: Manifest;
  rows: RowCounts;
  since: Since;
  parted: readonly PartedFile[];
  attestation: Attestation | null;
}

/** What the counted changes start from. */
export interface Since {
  changes: Partial<Record<ChangeKind, number>>;
  /** The release before this one, and its page; null for the first one. */
  release: { tag: string; url: string } | null;
}

/** What a release says of itself, in Markdown. */
export function releaseWords(input: NotesInput): ReleaseWords {
  const { manifest } = input;
  const made = manifest.generated_at.slice(0, 16).replace('T', ' ');
  const sections = [
    introduction(manifest),
    `## What changed\n\n${changed(input)}`,
    `## Licences\n\nA row's licence is its contributor's choice, and covers the files of that gist alone.\n\n${table(['licence', 'sessions'], input.rows.licenses)}`,
    `## Agents\n\n${table(
      ['agent', 'sessions'],
      input.rows.agents.map(([agent, count]) => [agent ?? 'not known, or several', count]),
    )}`,
    `## Check what you downloaded\n\n${check(input)}`,
  ];
  return { name: `Dataset ${made} UTC`, notes: `${sections.join('\n\n')}\n` };
}

function introduction({
  record_count,
  snapshot_id,
  schema_version,
  verified_from,
  verified_to,
}: Manifest): string {
  const checked =
    verified_from === null || verified_to === null
      ? ''
      : ` Every gist was last checked between ${verified_from} and ${verified_to}.`;
  return [
    `${number(record_count)} coding-agent sessions, each in its owner's GitHub gist and listed at the revision a moderator read. The files hold metadata: addresses, hashes, licences, numbers. No session is in them.`,
    `Snapshot \`${snapshot_id}\`, ${plainMarkdown(`schema version ${schema_version}`)}.${checked}`,
  ].join('\n\n');
}

function changed({ since, manifest }: NotesInput): string {
  const counts = changeKinds.flatMap((kind): [string, number][] => {
    const count = since.changes[kind] ?? 0;
    return count === 0 ? [] : [[kind, count]];
  });
  const from =
    since.release === null
      ? 'This is the first release.'
      : `Since [${plainMarkdown(since.release.tag)}](${address(since.release.url)}):`;
  const previous = manifest.previous_snapshot;
  const each =
    previous === null
      ? '`changes.ndjson` tells each, from the beginning.'
      : `\`changes.ndjson\` tells each since snapshot \`${previous}\`${since.release?.tag === `dataset-${previous}` ? '' : ', which has no release of its own'}.`;
  return [
    from,
    counts.length === 0 ? 'Nothing was added and nothing left.' : table(['change', 'times'], counts),
    `${each} To honour removals, drop every row whose \`record_id\` is in \`removed.ndjson\` with a higher \`seq\`.`,
  ].join('\n\n');
}

function check({ tag, repository, parted, attestation }: NotesInput): string {
  const lines = [
    `gh release download ${tag} --repo ${repository} --dir ${tag}`,
    `cd ${tag}`,
    ...parted.map(({ name, parts }) => (parts.length === 0 ? `: > ${name}` : `cat ${name}.part-* > ${name}`)),
    'sha256sum --check SHA256SUMS',
    ...(attestation === null
      ? []
      : attestation.about.map(
          (name) => `gh attestation verify ${name} --repo ${repository} --bundle ${attestation.name}`,
        )),
    `gh release verify ${tag} --repo ${repository}`,
  ];
  return [`\`\`\`sh\n${lines.join('\n')}\n\`\`\``, ...partedWords(parted)].join('\n\n');
}

function partedWords(parted: readonly PartedFile[]): string[] {
  const split = parted.filter(({ parts }) => parts.length > 0).map(({ name }) => `\`${name}\``);
  const empty = parted.filter(({ parts }) => parts.length === 0).map(({ name }) => `\`${name}\``);
  if (parted.length === 0) return [];
  return [
    [
      split.length > 0 && `Split, because an asset must be smaller than 2 GiB: ${split.join(', ')}.`,
      empty.length > 0 && `Empty, and so no asset: ${empty.join(', ')}.`,
      `\`${partsFile}\` says the same to programs: parts in their order, SHA-256 of each and of the whole.`,
    ]
      .filter(Boolean)
      .join(' '),
  ];
}

function table(head: readonly [string, string], rows: readonly (readonly [string, number])[]): string {
  const lines = rows.map(([name, count]) => `| ${plainMarkdown(name)} | ${number(count)} |`);
  return [`| ${head[0]} | ${head[1]} |`, '|---|---:|', ...lines].join('\n');
}

const number = (count: number) => count.toLocaleString('en-GB');

/** An address that ends where it ends. */
const address = (url: string) => url.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
