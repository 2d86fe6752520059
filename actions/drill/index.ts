import { FlagError, readCount } from '../flags.ts';
import { runProgram } from '../program.ts';
import { progressOn } from '../progress.ts';
import { drillKill } from './kill/drill.ts';
import { drillLoad } from './load/drill.ts';
import { type DrillOptions, type Measured, printed } from './measured.ts';

interface Drill {
  run(options: DrillOptions): AsyncGenerator<Measured>;
  minutes: number;
  rate: number;
}

const drills: Readonly<Record<string, Drill>> = {
  load: { run: drillLoad, minutes: 5, rate: 200 },
  kill: { run: drillKill, minutes: 10, rate: 40 },
};

// Programs that a drill has started end with it.
process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));

await runProgram('drill', {
  description: `Prints one JSON object a line: {drill, metric, unit, value, goal, met}. Starts what it needs on 127.0.0.1: PostgreSQL
with its own settings, two processes of the site behind a stand-in for the proxy, and a stand-in for GitHub. Builds the site
into dist/ for that.

  load   people read, submit and moderate at a steady rate, then at multiples of it; each answer is held against the
         database in the end
  kill   the same, while a process at random is killed every few seconds and started again, jobs too`,
  operands: 'NAME',
  flags: {
    minutes: { type: 'string', value: 'N', description: 'How long it goes on (default: load 5, kill 10)' },
    rate: { type: 'string', value: 'N', description: 'Requests a second (default: load 200, kill 40)' },
    surges: {
      type: 'string',
      value: 'N,N',
      description: 'For load: multiples of the rate that come afterwards (default: 2)',
    },
    sessions: {
      type: 'string',
      value: 'N',
      description: 'Sessions in the index that the site is built of (default: 10000)',
    },
    keep: { type: 'boolean', description: 'Leave the folder with the logs, and say where it is' },
  },
  exits: '0 all goals met; 1 a goal missed, or failed; 2 wrong flags',
  async main({ flags, operands: [name = '', more], print }) {
    const drill = Object.hasOwn(drills, name) ? drills[name] : undefined;
    if (!drill || more !== undefined)
      throw new FlagError(`Name one of the drills: ${Object.keys(drills).join(', ')}.`);
    const progress = progressOn(process.stderr, () => performance.now());
    const options: DrillOptions = {
      minutes: flags.minutes === undefined ? drill.minutes : readCount('--minutes', flags.minutes),
      rate: flags.rate === undefined ? drill.rate : readCount('--rate', flags.rate),
      surges: (flags.surges ?? '2').split(',').map((each) => readCount('--surges', each)),
      sessions: flags.sessions === undefined ? 10_000 : readCount('--sessions', flags.sessions),
      keep: flags.keep,
      say: progress.line,
      progress: progress.show,
    };
    let missed = 0;
    for await (const measured of drill.run(options)) {
      const line = printed(name, measured);
      progress.end();
      print(JSON.stringify(line));
      if (line.met === false) missed += 1;
    }
    if (missed === 0) return 0;
    progress.line(`${missed} goals were missed; their lines say "met":false.`);
    return 1;
  },
});
