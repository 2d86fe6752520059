import { bytesText } from '#domain/bytes-text.ts';
import { columns, count } from '../copy/words.ts';
import type { JobResult } from '../job.ts';
import { type FindingKind, findingKinds } from './finding.ts';
import type { Outcome } from './run.ts';

const titles: Readonly<Record<FindingKind, string>> = {
  damaged: 'damaged',
  missing: 'missing',
  departed: 'departed, and here still',
  superseded: 'of an older revision',
  unknown: 'of nothing listed',
  link: 'a link, which is not followed',
  leftover: 'left by a run that ended early, or of one at work',
};

const nextSteps: Readonly<Record<'again' | 'purge' | 'hand' | 'left', string>> = {
  again:
    'Damaged and missing files: run hydrate with --rehash, which fetches them again; a snapshot: delete it and pull.',
  purge: 'Departed and older ones: run purge, which lists them and with --apply deletes them.',
  left: 'What runs left that ended early: run hydrate again, which goes on, or purge --apply, which deletes it.',
  hand: 'The rest was put there by somebody: look at it, then move it elsewhere.',
};

/** Tells whether the copy is as its snapshot says, and what is not. 3 where something is not. */
export function report(outcome: Outcome): JobResult {
  const { copy, snapshot, sessions, files, bytes, departed, counts, findings, obstacles, others } = outcome;
  const sum = Object.values(counts).reduce((all, number) => all + number, 0);
  const isClean = sum + obstacles.length === 0;
  const checked = `${count(sessions, 'session', 'sessions')} of snapshot ${snapshot} in ${copy}: ${count(files, 'file', 'files')}, ${bytesText(bytes)}`;
  const notLooked =
    others.length === 0
      ? []
      : [`Not looked at, because it is no part of a copy: ${others.slice(0, 10).join(', ')}`];
  const verdict = isClean
    ? [
        'Every file is what the snapshot says.',
        `Nothing of ${count(departed, 'departed session', 'departed sessions')} is here.`,
      ]
    : [
        ...findingKinds.flatMap((kind) => kindLines(kind, outcome)),
        ...obstacles.map(({ sentence }) => sentence),
        ...advice(counts),
      ];
  return {
    ok: true,
    lines: [checked, ...verdict, ...notLooked],
    summary: {
      clean: isClean,
      copy,
      snapshot_id: snapshot,
      sessions,
      files,
      bytes,
      departed,
      counts,
      findings,
      obstacles,
      not_looked_at: others,
    },
    exitCode: isClean ? 0 : 3,
  };
}

function kindLines(kind: FindingKind, { counts, findings }: Outcome): string[] {
  if (counts[kind] === 0) return [];
  const named = findings.filter(({ finding }) => finding === kind);
  const rest = counts[kind] - named.length;
  return [
    `${counts[kind].toLocaleString('en-GB')} ${titles[kind]}:`,
    ...columns(named.map(({ path, why }) => [`  ${path}`, why ?? ''])),
    ...(rest > 0 ? [`  and ${rest.toLocaleString('en-GB')} more; --json tells all of them`] : []),
  ];
}

function advice(counts: Outcome['counts']): string[] {
  return [
    ...(counts.damaged + counts.missing > 0 ? [nextSteps.again] : []),
    ...(counts.departed + counts.superseded > 0 ? [nextSteps.purge] : []),
    ...(counts.unknown + counts.link > 0 ? [nextSteps.hand] : []),
    ...(counts.leftover > 0 ? [nextSteps.left] : []),
  ];
}
