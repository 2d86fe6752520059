import { describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists, takeOut } from '#sql/testing-rows.ts';
import { places } from '../bucket/testing.ts';
import { outputFolder } from '../export/testing.ts';
import { publishTo, smallSnapshot, strangerReads } from '../publish/testing.ts';
import { onceFree, runUntil } from '../publish/testing-crash.ts';
import { refreshAt } from './testing.ts';

const fresh = freshIndex();

describe.each(places)('on a $name', ({ make }) => {
  test('killed at any of its steps, a refresh leaves departures and status whole, and the next run finishes the work', {
    timeout: 300_000,
  }, async ({ annotate }) => {
    const [output, place] = [outputFolder(), await make()];
    await listGists(fresh.db, 60);
    await smallSnapshot(fresh.db, output);
    await publishTo(fresh.db, output, place);
    await refreshAt(fresh.db, output, place);
    const table: string[] = [];
    let steps: string[] = [];
    for (let deaths = 0; steps.length === 0; deaths += 1) {
      const before = await strangerReads(place);
      await takeOut(fresh.db, deaths + 1, 'withdrawn');
      const ended = await runUntil(deaths, 'removals', fresh, output, place);

      const after = await strangerReads(place);
      const lines = after?.removed.length ?? 0;
      expect(after?.removed.slice(0, deaths)).toEqual(before?.removed);
      const isToldOf = after?.status?.removed.lines === deaths + 1;
      // The status never tells of lines that are not there.
      if (isToldOf) expect(lines).toBe(deaths + 1);
      else expect(after?.status).toEqual(before?.status);
      expect({ ...after, removed: 0, status: 0 }).toEqual({ ...before, removed: 0, status: 0 });

      await onceFree(() => refreshAt(fresh.db, output, place));
      const done = await strangerReads(place);
      expect(done?.removed).toHaveLength(deaths + 1);
      expect(done?.status).toMatchObject({
        removed: { lines: deaths + 1 },
        counts: { departed: deaths + 1 },
      });
      if ('died' in ended) {
        const found = `departures ${lines === deaths + 1 ? 'new' : 'earlier'}, status ${isToldOf ? 'new' : 'earlier'}`;
        table.push(`${ended.died} | ${found} | rerun: both new`);
      } else {
        steps = ended.steps;
        expect(deaths).toBe(steps.length);
      }
    }
    await annotate(`${table.length} steps\n${table.join('\n')}`);
    expect(table.some((line) => line.includes('departures new, status earlier'))).toBe(true);
  });
});
