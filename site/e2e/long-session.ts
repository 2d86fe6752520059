/**
 * A session as Claude Code writes one, made up: a prompt every ten answers, each answer with a tool call and its result.
 * Lines: a prompt, then an answer, a call and a result a round; a last line that no row begins at.
 */
export function longSession(answers: number): string {
  const lines: object[] = [];
  const add = (type: string, message: object) =>
    lines.push({
      parentUuid: null,
      isSidechain: false,
      sessionId: '5f0c7a52-9f0e-4f43-8d56-0c1d2e3f4a5b',
      version: '2.1.7',
      type,
      uuid: `u${lines.length}`,
      timestamp: new Date(Date.UTC(2026, 4, 2) + lines.length * 1000).toISOString(),
      message,
    });
  for (let i = 0; i < answers; i += 1) {
    if (i % 10 === 0)
      add('user', { role: 'user', content: `Question ${i / 10 + 1} of many, about something.` });
    const answer = (block: object) => ({
      role: 'assistant',
      id: `m${i}`,
      model: 'claude-x',
      content: [block],
    });
    add(
      'assistant',
      answer({ type: 'text', text: `Answer ${i + 1}: **look** at \`file${i}.ts\`.\n\n- one\n- two` }),
    );
    add(
      'assistant',
      answer({ type: 'tool_use', id: `t${i}`, name: 'Bash', input: { command: `cat file${i}.ts` } }),
    );
    add('user', {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: `t${i}`,
          content: `needle ${i}\n${'a line of output\n'.repeat(5)}`,
        },
      ],
    });
  }
  const session = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${session}${JSON.stringify({ type: 'summary', summary: 'All of it', leafUuid: 'u1' })}\n`;
}

/** A session of pi in which the second prompt was asked in two ways. */
export function treeOfPrompts(): string {
  const entry = (id: string, parentId: string | null, role: string, text: string) => ({
    type: 'message',
    id,
    parentId,
    timestamp: '2026-05-02T08:15:00.000Z',
    message: { role, content: [{ type: 'text', text }] },
  });
  const entries = [
    { type: 'session', version: 3, id: 'tree', timestamp: '2026-05-02T08:14:00.000Z', cwd: '/x' },
    entry('p1', null, 'user', 'The first prompt'),
    entry('a1', 'p1', 'assistant', 'The first answer'),
    entry('p2', 'a1', 'user', 'One way'),
    entry('a2', 'p2', 'assistant', 'It leads nowhere'),
    entry('p3', 'a1', 'user', 'Another way'),
    entry('a3', 'p3', 'assistant', 'It leads there'),
  ];
  return entries.map((each) => `${JSON.stringify(each)}\n`).join('');
}
