import { describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { places } from '../bucket/testing.ts';
import { outputFolder } from '../export/testing.ts';
import { published, publishTo, smallSnapshot, strangerReads } from './testing.ts';
import { onceFree, runUntil } from './testing-crash.ts';

const fresh = freshIndex();

describe.each(places)('on a $name', ({ make }) => {
  test('killed at any of its steps, publishing leaves readers a whole snapshot, and the next run finishes the work', {
    timeout: 900_000,
  }, async ({ annotate }) => {
    const [output, place] = [outputFolder(), await make()];
    await listGists(fresh.db, 100);
    const table: string[] = [];
    let steps: string[] = [];
    for (let deaths = 0; steps.length === 0; deaths += 1) {
      const before = await strangerReads(place);
      await takeOut(fresh.db, deaths + 1, 'withdrawn');
      const id = await smallSnapshot(fresh.db, output);

      const ended = await runUntil(deaths, 'publish', fresh, output, place);
      const after = await strangerReads(place);
      const isNew = after?.id === id;
      // All else of `latest` may have been turned already; what readers resolve is whole, the earlier or the new.
      if (!isNew)
        expect(after && { ...after, removed: null }).toEqual(before && { ...before, removed: null });
      // Departures are only ever added.
      expect(after?.removed.slice(0, before?.removed.length)).toEqual(before?.removed);
      const known = (await published(fresh.db)).includes(id);
      if (known) expect(isNew).toBe(true);

      const again = await onceFree(() => publishTo(fresh.db, output, place));
      const done = await strangerReads(place);
      expect(done).toMatchObject({ id, previous: before?.id ?? null, rows: 100 - (deaths + 1) });
      expect(done?.removed.map((line) => line.gist_id).at(-1)).toBe(gistIdOf(deaths + 1));
      expect(done?.removed).toHaveLength(deaths + 1);
      expect((await published(fresh.db)).at(-1)).toBe(id);
      expect(await published(fresh.db)).toHaveLength(deaths + 1);

      const found = again.kind === 'published' && again.found > 0 ? `, ${again.found} files were there` : '';
      if ('died' in ended) {
        table.push(
          `${ended.died} | readers find ${isNew ? 'the new' : 'the earlier'} | rerun: ${again.kind}${found}`,
        );
      } else {
        steps = ended.steps;
        expect(deaths).toBe(steps.length);
      }
    }
    await annotate(`${table.length} steps\n${table.join('\n')}`);
    expect(table.some((line) => line.includes('rerun: finished'))).toBe(true);
    expect(table.filter((line) => line.includes('half')).length).toBeGreaterThanOrEqual(8);
  });
});
