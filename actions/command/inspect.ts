import { FlagError } from '../flags.ts';
import type { Verb } from './verb.ts';

const flags = {
  'fail-on': {
    type: 'string',
    value: 'high',
    description: 'Exit 1 when a file holds a finding of this severity that is not declared to be none',
  },
} as const;

export const inspect: Verb<typeof flags> = {
  name: 'inspect',
  summary: 'say of session files which agent wrote them, what they hold, and what must not be published',
  description: `Says of each session file which agent wrote it, what it holds in numbers, and what must not be published: one line of JSON a file, in the order given. Nothing leaves this machine. An openagentsessions.json among the files is taken as their declaration. A finding is a place, never the value: severity "high" is a secret and keeps a gist out; "low" may be personal data. "agent" is null where no session is recognised.`,
  operands: 'FILE...',
  flags,
  exits: [
    '0 whatever is found',
    '1 a finding, with --fail-on high, or failed',
    '2 a file could not be read, or wrong flags',
    '130 or 143 stopped by a signal',
  ],
  async run({ flags: { 'fail-on': failOn }, operands, json, print, log, signal }) {
    if (failOn !== undefined && failOn !== 'high') throw new FlagError('--fail-on takes one value: high.');
    if (operands.length === 0) throw new FlagError('Name the files to inspect; --help says more.');
    const files: unknown[] = [];
    const { run } = await import('../inspect/run.ts');
    const exitCode = await run(operands, {
      failOn: failOn ?? null,
      print: json ? (line) => void files.push(JSON.parse(line)) : print,
      complain: log,
      signal,
    });
    return { ok: true, lines: [], summary: { files }, exitCode };
  },
};
