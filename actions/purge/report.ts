import { bytesText } from '#domain/bytes-text.ts';
import { atWork } from '../copy/lock.ts';
import { columns, count } from '../copy/words.ts';
import type { JobResult } from '../job.ts';
import { countsObject, total } from './count.ts';
import { type Found, groundKinds, places } from './find/found.ts';
import type { Outcome, Search } from './run.ts';

/** Tells what may not stay, or what was deleted and whether nothing is left. 3 where something is. */
export function report(outcome: Outcome): JobResult {
  switch (outcome.kind) {
    case 'busy':
      return {
        ok: false,
        sentence: atWork(outcome.copy),
      };
    case 'ids': {
      const { kind: _, departed, ...numbers } = outcome;
      const lines = departed.map(({ gist_id, kind, reason, at }) => [gist_id, kind, reason ?? '', at]);
      const unknown = numbers.unknown === 0 ? '' : `, ${count(numbers.unknown, 'is', 'are')} in neither list`;
      return {
        ok: true,
        lines: [
          ...columns(lines),
          `Of ${count(numbers.asked, 'id', 'ids')}, ${count(departed.length, 'has', 'have')} departed, ${count(numbers.listed, 'is', 'are')} listed${unknown}.`,
        ],
        summary: { ...numbers, departed: departed.length, found: departed },
        exitCode: departed.length === 0 ? 0 : 3,
      };
    }
    case 'found': {
      const isClean = total(outcome.counts) + outcome.obstacles.length === 0;
      return {
        ok: true,
        lines: isClean
          ? [proof(outcome)]
          : [
              ...foundLines(outcome, 'has to go'),
              ...obstacleLines(outcome),
              ...stillLines(outcome),
              next(outcome),
            ],
        summary: { applied: false, clean: isClean, ...summary(outcome) },
        exitCode: isClean ? 0 : 3,
      };
    }
    case 'purged': {
      const { left } = outcome;
      const isClean = total(left.counts) + left.obstacles.length === 0;
      const deleted =
        total(outcome.counts) === 0 ? ['There was nothing to delete.'] : foundLines(outcome, 'was deleted');
      return {
        ok: true,
        lines: [
          ...deleted,
          ...stillLines(outcome),
          ...(isClean
            ? [proof(left)]
            : [
                ...foundLines(left, 'is left'),
                ...obstacleLines(outcome.obstacles.length > 0 ? outcome : left),
                'The copy is not free of what departed. Mend what stood in the way, then run this again.',
              ]),
        ],
        summary: { applied: true, clean: isClean, ...summary(outcome), left: summary(left) },
        exitCode: isClean ? 0 : 3,
      };
    }
  }
}

function summary({ copy, snapshot, departed, mayReturn, listedStill, counts, obstacles }: Search) {
  return {
    copy,
    snapshot_id: snapshot,
    departed,
    may_return: mayReturn,
    listed_still: listedStill,
    ...countsObject(counts),
    obstacles,
  };
}

function proof({ copy, departed, mayReturn }: Search): string {
  const suspended = mayReturn === 0 ? '' : ` (${count(mayReturn, 'is', 'are')} suspended and may return)`;
  return `Nothing of ${count(departed, 'departed session', 'departed sessions')} is left in ${copy}${suspended}.`;
}

/** What of which place, and the first by name. */
function foundLines({ counts }: Search, what: string): string[] {
  const sums = places.flatMap((place) => {
    const sum = counts.places.get(place);
    if (sum === undefined) return [];
    const [one, many] = words[place];
    const lines = sum.lines === 0 ? '' : `${count(sum.lines, ...partWords(place))} in `;
    return [[`  ${place}`, `${lines}${count(sum.paths, one, many)}`, bytesText(sum.bytes)]];
  });
  const kinds = groundKinds.flatMap((kind) => {
    const gists = counts.gists.get(kind);
    return gists === undefined ? [] : [`${gists.size} ${kind}`];
  });
  const whose = kinds.length === 0 ? '' : `, of sessions that are ${kinds.join(', ')}`;
  if (sums.length === 0) return [];
  const rest = total(counts) - counts.named.length;
  return [
    `This ${what}${whose}:`,
    ...columns(sums),
    ...columns(counts.named.map(named)),
    ...(rest > 0 ? [`  and ${rest} more; --json tells all of them`] : []),
  ];
}

const words = {
  sessions: ['folder', 'folders'],
  store: ['file', 'files'],
  status: ['file', 'files'],
  sts: ['file', 'files'],
  messages: ['file', 'files'],
  parquet: ['file', 'files'],
  snapshots: ['older snapshot', 'older snapshots'],
  leftovers: ['leftover', 'leftovers'],
} as const;

/** Where the word itself says too little. */
const kindWords: Readonly<Record<string, string>> = {
  unlisted: 'needed by nothing listed',
  superseded: 'another revision is listed',
  unreadable: 'cannot be read, so it may list anybody',
  link: 'a link, which is not followed',
};

function partWords(place: string): [string, string] {
  return place === 'parquet' ? ['row', 'rows'] : ['line', 'lines'];
}

function named({ path, lines, place, gist_id, kind, reason, at, bytes }: Found): string[] {
  const part = lines === null ? '' : ` (${count(lines, ...partWords(place))} of ${gist_id})`;
  const when = at === null ? '' : ` at ${at}`;
  return [
    `  ${path}${part}`,
    bytesText(bytes),
    `${kindWords[kind] ?? kind}${reason === null ? '' : `, ${reason}`}${when}`,
  ];
}

function stillLines({ listedStill }: Search): string[] {
  if (listedStill === 0) return [];
  const they = count(listedStill, 'of the departed is', 'of the departed are');
  return [`${they} still listed by the snapshot here, which stays. Pull a newer one, which does not.`];
}

function obstacleLines({ obstacles }: Search): string[] {
  return obstacles.map(({ sentence }) => sentence);
}

function next({ counts }: Search): string {
  return total(counts) > 0
    ? 'Nothing was deleted. With --apply it is.'
    : 'Nothing was found where one could look.';
}
