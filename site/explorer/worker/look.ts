import { cardsAt } from '../../browse/read/cards.ts';
import type { Browse } from '../../browse/read/open.ts';
import type { Selection } from '../../browse/selection.ts';
import type { Answer, Others, Question } from '../protocol.ts';
import type { Columns } from './columns.ts';
import {
  countAll,
  countCards,
  countGroup,
  countOthers,
  countTogether,
  noneYet,
  noOthersYet,
  type Total,
  weighGroup,
} from './count.ts';
import { type Plan, planOf } from './plan.ts';
import { type Found, scan } from './scan.ts';
import { sortedRows } from './sort.ts';

export type Told = Answer extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

/** What looking needs. `alive` is false once nobody waits for the answer. */
export interface Look {
  browse: Browse;
  columns(): Promise<Columns>;
  tell(told: Told): void;
  alive(): boolean;
}

const pageSize = 50;
/** So many sessions are counted by their cards, which are few kilobytes and tell of contributors too. */
const fewSessions = 100;
/** An index of so many sessions is counted unasked: half a megabyte or so. */
const smallIndex = 150_000;

/** Answers a `look`. */
export async function look(
  { selection, page, whole }: Omit<Question & { kind: 'look' }, 'id' | 'kind'>,
  looking: Look,
): Promise<void> {
  const { browse, tell } = looking;
  const plan = await planOf(browse, selection);
  for (const { word, instead } of plan.unknown) {
    tell({ kind: 'similar', word, words: instead.map(({ term, sessions }) => ({ word: term, sessions })) });
  }
  const direct = directRows(browse, selection, plan);
  if (direct === null) return searched({ selection, page, whole }, plan, looking);

  const { total } = direct;
  const rows = await direct.rows((page - 1) * pageSize, page * pageSize);
  await tellPage(rows, page, total, looking);
  const known = await countKnown(browse, plan);
  if (known) return tellTotal(known, tell, othersKnown(browse, plan));
  if (total <= fewSessions) {
    const cards = await cardsAt(await browse.cards(), await direct.rows(0, total));
    return tellTotal(countCards(cards), tell, othersKnown(browse, plan));
  }
  await countFound(plan, whole, total, looking);
}

/** A list that is in the index as it is asked for, from any row on; null where it must be looked for. */
function directRows(browse: Browse, { sort }: Selection, { lists, columns }: Plan) {
  if (columns.length > 0 || lists.length > 1) return null;
  if (sort !== 'newest' && sort !== 'oldest') return null;
  const [terms] = lists;
  const [term] = terms ?? [];
  if (terms !== undefined && terms.length !== 1) return null;
  const total = term ? term.sessions : browse.summary.sessions;
  const read = async (from: number, to: number) =>
    term
      ? Array.from(await (await browse.postings()).column('row', term.first + from, term.first + to), Number)
      : Array.from({ length: to - from }, (_, at) => from + at);
  return {
    total,
    async rows(from: number, to: number): Promise<number[]> {
      const [first, end] = [Math.min(from, total), Math.min(to, total)];
      if (first === end) return [];
      return sort === 'newest' ? read(first, end) : (await read(total - end, total - first)).reverse();
    },
  };
}

/** Looks through the index, group by group. */
async function searched(
  { selection, page, whole }: { selection: Selection; page: number; whole: boolean },
  plan: Plan,
  looking: Look,
): Promise<void> {
  const { browse, tell, alive } = looking;
  const columns = await looking.columns();
  const of = browse.summary.sessions;
  const groups: Found[] = [];
  const end = page * pageSize;
  let found = 0;
  let told = false;
  for await (const part of scan(browse, columns, plan)) {
    if (!alive()) return;
    groups.push(part);
    found += part.rows.length;
    if (selection.sort === 'newest' && !told && found >= end) {
      told = true;
      const isAll = part.read === of;
      await tellPage(rowsOf(groups).slice(end - pageSize, end), page, isAll ? found : null, looking);
      if (!whole && of > smallIndex && !isAll) return tell({ kind: 'stopped', read: part.read, of, found });
    }
    tell({ kind: 'progress', read: part.read, of, found });
  }
  const rows =
    selection.sort === 'newest' ? rowsOf(groups) : await sortedRows(selection.sort, groups, columns);
  if (!alive()) return;
  if (!told) await tellPage(rows.slice(end - pageSize, end), page, found, looking);
  const known = await countKnown(browse, plan);
  if (known) return tellTotal(known, tell, othersKnown(browse, plan));
  if (found <= fewSessions) {
    const total = countCards(await cardsAt(await browse.cards(), rows));
    const others = whole || of <= smallIndex ? await othersOf(groups, plan, columns) : {};
    return tellTotal(total, tell, { ...othersKnown(browse, plan), ...others });
  }
  await countGroups(groups, plan, columns, looking);
}

/** What everything comes to, or all that have one value the summary names: in whatever order, it was counted already. */
async function countKnown(browse: Browse, { lists, columns, only }: Plan): Promise<Total | null> {
  if (only !== null) return countTogether(browse, only);
  return lists.length === 0 && columns.length === 0 ? countAll(browse.summary) : null;
}

/** Counts what a list of the index comes to, whose length is known. */
async function countFound(plan: Plan, whole: boolean, total: number, looking: Look): Promise<void> {
  const { browse, tell, alive } = looking;
  const of = browse.summary.sessions;
  if (!whole && of > smallIndex) return tell({ kind: 'stopped', read: 0, of, found: total });
  const columns = await looking.columns();
  const groups: Found[] = [];
  for await (const part of scan(browse, columns, plan)) {
    if (!alive()) return;
    groups.push(part);
  }
  await countGroups(groups, plan, columns, looking);
}

async function countGroups(
  groups: readonly Found[],
  plan: Plan,
  columns: Columns,
  looking: Look,
): Promise<void> {
  const { browse, tell, alive } = looking;
  const of = browse.summary.sessions;
  const total = noneYet();
  for (const part of groups) {
    if (part.rows.length > 0) await countGroup(total, columns, part);
    if (of <= smallIndex) total.bytes = (total.bytes ?? 0) + (await weighGroup(columns, part));
    if (!alive()) return;
    tell({ kind: 'progress', read: part.read, of, found: total.sessions });
  }
  const others = await othersOf(groups, plan, columns);
  tellTotal(total, tell, { ...othersKnown(browse, plan), ...others });
}

async function othersOf(groups: readonly Found[], plan: Plan, columns: Columns): Promise<Others> {
  const others = noOthersYet(plan);
  for (const part of groups) if (part.listed.length > 0) await countOthers(others, plan, columns, part);
  return others;
}

/** Where one facet is all that is asked for, what else it has is what the whole index has. */
function othersKnown({ summary }: Browse, { about }: Plan): Others {
  const all = countAll(summary).counts;
  return about === null || about === 'fit' ? {} : { [about]: all[about] };
}

function rowsOf(groups: readonly Found[]): number[] {
  return groups.flatMap(({ from, rows }) => Array.from(rows, (row) => from + row));
}

async function tellPage(
  rows: readonly number[],
  page: number,
  total: number | null,
  { browse, tell }: Look,
): Promise<void> {
  const cards = rows.length === 0 ? [] : await cardsAt(await browse.cards(), rows);
  tell({ kind: 'page', cards, page, total });
}

function tellTotal({ sessions, bytes, counts }: Total, tell: Look['tell'], others: Others): void {
  tell({ kind: 'found', total: sessions, bytes, licenses: counts.license });
  tell({ kind: 'counts', counts, others });
}
