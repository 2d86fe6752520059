import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const banner = [
  '╭─── Claude Code v2.1.90 ────────────╮',
  '│   Welcome back!                    │',
  '╰────────────────────────────────────╯',
  '',
];
const session = [
  ...banner,
  '❯ /effort   ',
  '  ⎿  Set effort level to low',
  '',
  '❯ count the frogs and tell me how many of them are  ',
  '  green',
  '',
  '⏺ Let me look.',
  '',
  '⏺ Bash(ls frogs &&',
  '      ls toads)  ⎿  a.frog',
  '     b.frog',
  '  ⎿  (timeout 1m)',
  '',
  '⏺ Write(src/pond.rs)',
  '  ⎿  Wrote 4 lines to src/pond.rs',
  '',
  '⏺ Two. Both say:',
  '',
  '  > quak',
  '',
  '✻ Crunched for 5s',
  '',
  '! git status',
];

test('prompts, commands, answers and calls are told apart, wrapped lines joined', () => {
  const { summary, events } = readText(session.join('\n'));
  expect(summary).toMatchObject({
    agent: 'claude-code',
    format: 'claude-code-export',
    rendered: true,
    agentVersion: '2.1.90',
    userMessages: 1,
    userCommands: 2,
    toolNames: ['Bash', 'Write'],
    toolCalls: null,
    assistantMessages: null,
    models: null,
    startedAt: null,
    inputTokens: null,
    sessionIds: null,
  });
  const told = events.flatMap((event) => ('text' in event ? [`${event.kind}: ${event.text}`] : []));
  expect(told).toEqual([
    'message: /effort',
    'message: Set effort level to low',
    'message: count the frogs and tell me how many of them are\ngreen',
    'message: Let me look.',
    expect.stringMatching(/^tool_result: a\.frog\n {3}b\.frog\n/),
    'tool_result: Wrote 4 lines to src/pond.rs',
    'message: Two. Both say:\n\n> quak',
    'message: ! git status',
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'tool_call', name: 'Bash', input: 'ls frogs &&\n    ls toads' }),
  );
});

test('older exports begin prompts with an angle bracket and have the mascot above', () => {
  const { summary } = readText(
    [' ▐▛███▜▌   Claude Code v2.0.64', '▝▜█████▛▘  Opus', '  ▘▘ ▝▝', '', '> hello', '', '● Hi.'].join('\n'),
  );
  expect(summary).toMatchObject({ agentVersion: '2.0.64', userMessages: 1 });
});

test.each(['╭', ''])(
  'the oldest exports begin with a box that tells no version, also without its corner',
  (corner) => {
    const box = [
      `${corner}───────────────────────────╮`,
      '│ ✻ Welcome to Claude Code! │',
      '│   cwd: /made/up           │',
      '╰───────────────────────────╯',
    ];
    const { summary } = readText(
      [...box, '', '> /login', '  ⎿  Done', '', '> hello', '', '● Hi.'].join('\n'),
    );
    expect(summary).toMatchObject({ agentVersion: null, userMessages: 1, userCommands: 1 });
    expect(readText(['How it looks:', ...box, '> hello'].join('\n')).summary).toBeNull();
  },
);

test('a text that quotes a session is none', () => {
  for (const text of [
    ['# How to export', '', '```', ...session, '```'].join('\n'),
    ['What it looks like:', '', ...session].join('\n'),
    ['```', ...session, '```'].join('\n'),
    ['Claude Code v2.1.90 is out', '', '❯ try it'].join('\n'),
    '$ claude --resume 0123\n',
    '╭─── Weather v2.1 ───╮\n❯ rain\n',
  ]) {
    expect(readText(text).summary).toBeNull();
  }
});

test('a banner alone has no prompts', () => {
  expect(readText(banner.join('\n')).summary).toMatchObject({ userMessages: 0, contentKey: null });
});

test('a result of any length is one, and is read up to a bound', () => {
  const { events } = readText(
    [...banner, '⏺ Bash(ls)', ...Array.from({ length: 120_000 }, () => '  ⎿  frog'), '⏺ Done.'].join('\n'),
  );
  const results = events.flatMap((event) => (event.kind === 'tool_result' ? [event.text] : []));
  expect(results).toHaveLength(1);
  expect(results[0]?.split('\n')).toHaveLength(100_000);
  expect(events.at(-1)).toMatchObject({ kind: 'message', text: 'Done.' });
});
