/** Reading JSON nobody vouches for: each answers undefined where the value is not what is asked for. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function object(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function array(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Text that is there: not empty, and short enough for an id, a name or a version. */
export function label(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined;
}

export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The value at a path of keys. */
export function at(value: unknown, ...keys: string[]): unknown {
  let here = value;
  for (const key of keys) here = object(here)?.[key];
  return here;
}

/** Whether an object has every one of these keys. */
export function has(value: unknown, ...keys: string[]): boolean {
  const record = object(value);
  return record !== undefined && keys.every((key) => Object.hasOwn(record, key));
}
