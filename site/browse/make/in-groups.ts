import type { parquetOut } from './parquet-out.ts';

/** Collects rows until they are a row group. */
export function inGroups(out: ReturnType<typeof parquetOut>, size: number, columns: number) {
  let held: unknown[][] = Array.from({ length: columns }, () => []);
  const flush = async () => {
    await out.write(held);
    held = held.map(() => []);
  };
  return {
    async add(values: readonly unknown[]): Promise<void> {
      held.forEach((column, place) => {
        column.push(values[place]);
      });
      if (held[0]?.length === size) await flush();
    },
    async finish(keys?: Readonly<Record<string, string>>): Promise<void> {
      await flush();
      await out.finish(keys);
    },
  };
}
