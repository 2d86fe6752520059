import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type FreshDatabase, freshDatabase } from './testing.ts';
import { emptyIndex } from './testing-rows.ts';

/** The database of one test file, for the top of it: there once tests run, and empty before each. */
export function freshIndex(): Omit<FreshDatabase, 'close'> {
  const fresh = {} as FreshDatabase;
  beforeAll(async () => {
    Object.assign(fresh, await freshDatabase());
  }, 60_000);
  afterAll(() => fresh.close());
  beforeEach(() => emptyIndex(fresh.db));
  return fresh;
}
