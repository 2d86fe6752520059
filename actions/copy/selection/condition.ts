import { datasetRow } from '#domain/dataset-row.ts';
import { type Shape, shapeOf, withoutNull } from '#domain/row-shape.ts';
import { JobFailure } from '../../failure.ts';
import type { ListedRow } from '../listed-row.ts';
import { nearest } from './nearest.ts';

const operators = ['!=', '>=', '<=', '=', '>', '<'] as const;
type Operator = (typeof operators)[number];

/** One `--where FIELD=a,b`: the field's value is one of these, or beyond them. */
export interface Condition {
  field: string;
  operator: Operator;
  values: readonly (string | number | boolean)[];
}

type Kind = 'text' | 'number' | 'boolean';

/** What the dataset's fields can be compared as; lists by what is in them. The files of a gist are no value. */
function comparableFields(): Map<string, Kind> {
  const fields = Object.entries(shapeOf(datasetRow).properties ?? {});
  return new Map(
    fields.flatMap(([name, field]) => {
      const kind = kindOf(field);
      return kind === null ? [] : [[name, kind]];
    }),
  );
}

function kindOf(field: Shape): Kind | null {
  const { value } = withoutNull(field);
  if (value.items !== undefined) return value.items.properties ? null : kindOf(value.items);
  if (value.type === 'integer' || value.type === 'number') return 'number';
  return value.type === 'boolean' ? 'boolean' : 'text';
}

/** Reads what follows `--where`. Throws JobFailure, naming the flag, at what is no condition on the dataset's fields. */
export function readConditions(texts: readonly string[]): Condition[] {
  if (texts.length === 0) return [];
  const fields = comparableFields();
  return texts.map((text) => readCondition(text, fields));
}

function readCondition(text: string, fields: ReadonlyMap<string, Kind>): Condition {
  const [, field = '', sign, list = ''] = /^\s*([\w.[\]-]+)\s*(!=|>=|<=|=|>|<)(.*)$/s.exec(text) ?? [];
  const operator = operators.find((one) => one === sign);
  if (operator === undefined) {
    throw new JobFailure(`--where takes FIELD=VALUE, or != >= <= > < for =. "${text}" is none.`);
  }
  const kind = fields.get(field);
  if (kind === undefined) {
    throw new JobFailure(
      `--where: the dataset has no field ${field} to compare by. Did you mean ${nearest(field, [...fields.keys()])}?`,
    );
  }
  const values = list.split(',').map((value) => readValue(value.trim(), kind, field));
  if (values.length > 1 && operator !== '=' && operator !== '!=') {
    throw new JobFailure(`--where: ${field}${operator} takes one value, not ${values.length}.`);
  }
  return { field, operator, values };
}

function readValue(text: string, kind: Kind, field: string): string | number | boolean {
  if (text === '') throw new JobFailure(`--where: ${field} is compared to nothing. Write ${field}=VALUE.`);
  if (kind === 'text') return text;
  if (kind === 'number') {
    const number = Number(text);
    if (Number.isFinite(number)) return number;
    throw new JobFailure(`--where: ${field} is a number, and "${text}" is none.`);
  }
  if (text === 'true' || text === 'false') return text === 'true';
  throw new JobFailure(`--where: ${field} is true or false, not "${text}".`);
}

/** Does the row fulfil it? What is unknown is equal to nothing, and neither more nor less than anything. */
export function fulfils(row: ListedRow, { field, operator, values }: Condition): boolean {
  const found = row[field];
  const own = Array.isArray(found) ? found : [found];
  const isOneOf = () => own.some((value) => values.some((wanted) => wanted === value));
  if (operator === '=') return isOneOf();
  if (operator === '!=') return !isOneOf();
  return own.some((value) => values.some((wanted) => isBeyond(value, operator, wanted)));
}

function isBeyond(value: unknown, operator: Operator, wanted: string | number | boolean): boolean {
  if (typeof value === 'number' && typeof wanted === 'number') return compares(value - wanted, operator);
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  return compares(value < wanted ? -1 : value > wanted ? 1 : 0, operator);
}

function compares(difference: number, operator: Operator): boolean {
  if (operator === '>=') return difference >= 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference < 0;
}
