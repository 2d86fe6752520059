import { expect, test } from 'vitest';
import { derivedOf } from '#domain/combine.ts';
import { withoutFound } from './words.ts';

const nothing = derivedOf({ summary: null, problems: [] });
const token = ['ghp', 'Zq3kV9xT1mB7nR5wY2cL8dJ4sF6hG0aP1eU3'].join('_');

test('names that hold a secret or personal data are left out, the others stay', async () => {
  const [clean, other] = await withoutFound([
    { ...nothing, tool_names: ['Bash', token, 'Read'], models: [token], agent_version: `2.1;${token}` },
    { ...nothing, tool_names: [], session_ids: ['jane.roe@acme-mail.org', 's1'], agent_version: '2.1' },
  ]);
  expect(clean).toMatchObject({ tool_names: ['Bash', 'Read'], models: null, agent_version: '2.1' });
  expect(other).toMatchObject({ tool_names: [], session_ids: ['s1'], agent_version: '2.1' });
});
