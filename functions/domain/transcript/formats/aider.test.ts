import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const history = `
# aider chat started at 2026-02-03 09:10:11

> /usr/bin/aider  
> Aider v0.86.1  
> Main model: openai/o9 with diff edit format, infinite output  
> Weak model: openai/o9-mini  

#### add a port  
####   
#### and name it  

Here is the port.

> Quoted from the manual.

#### is what I would write above it.
Done.

> Tokens: 6.1k sent, 1.0k cache write, 2,000 cache hit, 310 received. Cost: $0.01 message, $0.01 session.  
> Applied edit to main.go  
> Tokens: 12k sent, 1.5M received.  

#### stop  
I was about to
> ^C again to exit  

# aider chat started at 2026-02-04 10:00:00

#### /exit  
`;

test('chats, prompts, answers and tokens of a history are counted by their marks', () => {
  expect(readText(history).summary).toMatchObject({
    agent: 'aider',
    format: 'aider',
    agentVersion: '0.86.1',
    models: ['openai/o9'],
    sessionIds: null,
    startedAt: '2026-02-03T09:10:11',
    endedAt: '2026-02-04T10:00:00',
    userMessages: 4,
    assistantMessages: 2,
    inputTokens: 18_100,
    outputTokens: 1_500_310,
    toolCalls: null,
    hasThinking: null,
    truncated: null,
  });
});

test('a history is told as it happened, with one session event a chat', () => {
  const told = readText(history).events.map((event) =>
    event.kind === 'message' ? `${event.role}: ${event.text}` : event.kind,
  );
  expect(told).toEqual([
    'session',
    'model',
    'system: /usr/bin/aider\nAider v0.86.1\nMain model: openai/o9 with diff edit format, infinite output\nWeak model: openai/o9-mini',
    'user: add a port\n\nand name it',
    'assistant: Here is the port.\n\n> Quoted from the manual.',
    'user: is what I would write above it.',
    'assistant: Done.',
    'usage',
    'system: Applied edit to main.go',
    'assistant: ',
    'usage',
    'user: stop',
    'assistant: I was about to',
    'system: ^C again to exit',
    'session',
    'user: /exit',
  ]);
});

test('an interrupted answer can be read and is not counted', () => {
  const { events } = readText(history);
  expect(events).toContainEqual(expect.objectContaining({ text: 'I was about to', uncounted: true }));
  expect(events).toContainEqual(expect.not.objectContaining({ text: 'Done.', uncounted: true }));
});

test('a chat nobody typed in is a session of nothing', () => {
  const { summary, events } = readText('\n# aider chat started at 2026-02-03 09:10:11\n\n');
  expect(summary).toMatchObject({
    userMessages: 0,
    assistantMessages: 0,
    inputTokens: null,
    firstPromptPresent: null,
  });
  expect(events).toEqual([{ kind: 'session', line: 2, at: '2026-02-03T09:10:11' }]);
});

test('a shared part of a history is recognised by its marks together', () => {
  const part = history.slice(
    history.indexOf('> Aider v'),
    history.indexOf('# aider chat started at 2026-02-04'),
  );
  const { summary, events } = readText(part);
  expect(summary).toMatchObject({
    format: 'aider',
    startedAt: null,
    userMessages: 3,
    agentVersion: '0.86.1',
  });
  expect(events.filter((event) => event.kind === 'session')).toHaveLength(1);
});

test('a page that quotes a history is not one', () => {
  const quoted = `# Reading aider's history\n\nIt looks so:\n\n\`\`\`\`markdown\n${history}\n\`\`\`\`\n\n#### Notes\n`;
  expect(readText(quoted).summary).toBeNull();
  expect(readText('# Notes\n\n#### A heading\n\n> Tokens: 2 sent, 3 received.\n').summary).toBeNull();
  expect(readText('# aider chat started at noon\n\n#### hello\n').summary).toBeNull();
});

test('a number of tokens that is none is unknown', () => {
  const odd =
    '# aider chat started at 2026-02-03 09:10:11\n\n#### a\n\nb\n\n> Tokens: 1.2.3k sent, 4 received.  \n';
  expect(readText(odd).summary).toMatchObject({ assistantMessages: 1, inputTokens: null, outputTokens: 4 });
});

test('an answer that was interrupted is not the one after it', () => {
  const interrupted =
    '# aider chat started at 2026-02-03 09:10:11\n\n#### a\n\nI beg\n\n#### b\n\nDone\n\n> Tokens: 2 sent, 3 received.  \n';
  const answers = readText(interrupted).events.flatMap((event) =>
    event.kind === 'message' && event.role === 'assistant' ? [event] : [],
  );
  expect(answers.map(({ text, uncounted }) => [text, uncounted])).toEqual([
    ['I beg', true],
    ['Done', undefined],
  ]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
});
