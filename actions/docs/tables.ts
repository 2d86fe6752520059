import type { z } from 'zod';
import { datasetRow } from '#domain/dataset-row.ts';
import { fieldTable } from '#domain/field-table.ts';
import { publicReason, reasonIds, reasons } from '#domain/moderation.ts';
import { datasetChange, manifest } from '#domain/snapshot.ts';
import { standing } from '#domain/standing.ts';
import { publishedStatus } from '#domain/status.ts';
import { type Move, moveDeparture, moves } from '#domain/submission.ts';
import { recipes } from './recipes.ts';

/** What documents can hold a table of, by the name between `<!-- begin name -->` and `<!-- end name -->`. */
export const tables: Readonly<Record<string, () => string>> = {
  'row fields': () => fields(datasetRow),
  'change fields': () => fields(datasetChange),
  'manifest fields': () => fields(manifest),
  'standing fields': () => fields(standing),
  'status fields': () => fields(publishedStatus),
  recipes: () => table(['file', 'does'], recipes()),
  moves: () =>
    table(
      ['move', 'by', 'from → to', 'a listed row departs'],
      (Object.keys(moves) as Move[]).map((move) => {
        const { edges, by } = moves[move];
        const steps = Object.entries(edges).map(([from, to]) => `${from} → ${to}`);
        return [code(move), by, steps.join(', ') || starts(move), moveDeparture(move) ?? ''];
      }),
    ),
  reasons: () =>
    table(
      ['reason', 'meaning', 'in public'],
      reasonIds.map((reason) => [code(reason), reasons[reason], code(publicReason(reason) ?? '')]),
    ),
};

/** Where a move that begins a row has it begin. */
function starts(move: Move): string {
  return move === 'import' ? 'starts where it stood; approved as pending' : 'starts as pending';
}

function fields(schema: z.ZodObject): string {
  return table(
    ['field', 'type', 'meaning'],
    fieldTable(schema).map(({ name, type, nullable, description }) => [
      code(name),
      nullable ? `${type} or null` : type,
      description,
    ]),
  );
}

const code = (text: string): string => `\`${text}\``;

/** A Markdown table; a bar in a cell would end it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
