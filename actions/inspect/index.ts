import { FlagError } from '../flags.ts';
import { runProgram } from '../program.ts';
import { run } from './run.ts';

await runProgram('inspect', {
  description: [
    'Says of each session file which agent wrote it, what it holds in numbers, and what must not be published: one line',
    'of JSON a file, in the order given. Nothing leaves this machine. An openagentsessions.json among the files is',
    'taken as their declaration: findings it declares to be none are marked, and "contradictions" tells where it says',
    'something else than the file. A finding is a place, never the value: severity "high" is a secret and keeps a gist',
    'out; "low" may be personal data. "agent" is null where no session is recognised.',
  ].join('\n'),
  operands: 'FILE...',
  flags: {
    'fail-on': {
      type: 'string',
      value: 'high',
      description: 'Exit 1 when a file holds a finding of this severity that is not declared to be none',
    },
  },
  exits: '0 whatever is found; 1 a finding, with --fail-on high; 2 a file could not be read, or wrong flags',
  main({ flags, operands, print }) {
    const failOn = flags['fail-on'];
    if (failOn !== undefined && failOn !== 'high') throw new FlagError('--fail-on takes one value: high.');
    if (operands.length === 0) throw new FlagError('Name the files to inspect; --help says more.');
    return run(operands, {
      failOn: failOn ?? null,
      print,
      complain: (sentence) => process.stderr.write(`inspect: ${sentence}\n`),
    });
  },
});
