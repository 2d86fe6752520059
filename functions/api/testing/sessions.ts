/** A short session of Claude Code, as it writes them, with this prompt in it. */
export function claudeSession(prompt: string): string {
  const common = {
    isSidechain: false,
    userType: 'external',
    cwd: '/srv/projects/tides',
    sessionId: '7d0b2f5e-4c1a-4a55-9a57-0f6f3a1f2b10',
    version: '2.1.34',
    gitBranch: 'main',
  };
  const records = [
    {
      parentUuid: null,
      ...common,
      type: 'user',
      message: { role: 'user', content: prompt },
      uuid: '0a4f9d0e-88d0-4a43-8f0f-6a1b5b2f0001',
      timestamp: '2026-03-04T09:12:06.000Z',
    },
    {
      parentUuid: '0a4f9d0e-88d0-4a43-8f0f-6a1b5b2f0001',
      ...common,
      type: 'assistant',
      message: {
        model: 'claude-sonnet-4-5-20250929',
        id: 'msg_tides01',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: 'The table starts at midnight now.' }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 5, output_tokens: 20 },
      },
      uuid: '0a4f9d0e-88d0-4a43-8f0f-6a1b5b2f0002',
      timestamp: '2026-03-04T09:12:30.000Z',
    },
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** Looks like a token of GitHub's, and is none. */
export const fakeToken = ['ghp', 'R7tKq2WmZx9LbVc4NfYh8JdPsA3GuE5TiQ1o'].join('_');

/** A session into which somebody pasted a token, on its first line. */
export const leakySession = claudeSession(`Use ${fakeToken} to push the tide table.`);

/** An openagentsessions.json that says so. */
export function declarationOf(fields: object): string {
  return JSON.stringify({ schema_version: '1.0.0', ...fields });
}
