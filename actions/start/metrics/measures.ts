import type { Answered } from '#runtime/answered.ts';
import type { Database } from '#sql/db.ts';
import { type Family, openMetrics } from './exposition.ts';
import { measureIndex } from './index-state.ts';
import { measureMachine } from './machine.ts';
import { countRequests } from './requests.ts';

export interface Measures {
  /** Told of every request that was answered. */
  answered(answered: Answered): void;
  /** All that was measured, as OpenMetrics text. */
  read(): Promise<string>;
  end(): void;
}

/** Measures a serving process: its requests, itself, its connections and the index. */
export function createMeasures(database: Database, isDraining: () => boolean): Measures {
  const requests = countRequests();
  const machine = measureMachine();
  const index = measureIndex(database);
  return {
    answered: requests.note,
    async read() {
      const indexFamilies = await index();
      return openMetrics([
        requests.family(),
        ...machine.families(),
        connections(database),
        draining(isDraining()),
        ...indexFamilies,
      ]);
    },
    end: machine.end,
  };
}

function connections(database: Database): Family {
  const states = Object.entries(database.connections());
  return {
    name: 'database_connections',
    type: 'gauge',
    help: 'Connections of this process that are open and those of them that are idle, and requests that wait for one.',
    samples: states.map(([state, value]) => ({ labels: { state }, value })),
  };
}

function draining(is: boolean): Family {
  return {
    name: 'draining',
    type: 'gauge',
    help: '1 once this process was told to end.',
    samples: [{ value: is ? 1 : 0 }],
  };
}
