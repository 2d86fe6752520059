import { type AgentId, agentIds } from '../agent.ts';
import { label } from '../json.ts';

/** Names other tools give the agents we know, where they are not our id in other letters. */
const otherNames: Readonly<Record<string, AgentId>> = {
  claude: 'claude-code',
  'codex-cli': 'codex',
  'copilot-agent': 'copilot-cli',
  'cline-cli': 'cline',
  'cursor-agent': 'cursor',
  'cursor-cli': 'cursor',
  'factory-droid': 'droid',
  'kilo-code': 'kilo',
  kimi: 'kimi-cli',
  'kimi-code': 'kimi-cli',
  'open-hands': 'openhands',
  'openhands-sdk': 'openhands',
  'pi-agent': 'pi',
  'qwen-coder': 'qwen-code',
  'roo-code': 'roo',
};

/**
 * The agent a file names (`claude_code`, `Gemini CLI`, `qwen-coder`) as one of our ids; the name as it stands where
 * we do not know it; undefined where there is no name.
 */
export function agentName(value: unknown): string | undefined {
  const name = label(value);
  if (name === undefined) return undefined;
  const plain = name.toLowerCase().replace(/[\s_]/g, '-');
  return agentIds.find((id) => id === plain) ?? (Object.hasOwn(otherNames, plain) ? otherNames[plain] : name);
}
