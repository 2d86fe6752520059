import type { AgentId } from '#domain/transcript/agent.ts';

/** What an agent is called by those who make it. */
export const agentNames: Record<AgentId, string> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  pi: 'pi',
  openclaw: 'OpenClaw',
  opencode: 'OpenCode',
  'gemini-cli': 'Gemini CLI',
  'copilot-cli': 'Copilot CLI',
  cursor: 'Cursor',
  aider: 'Aider',
  cline: 'Cline',
  roo: 'Roo Code',
  kilo: 'Kilo Code',
  'cline-family': 'Cline, Roo Code or Kilo Code',
  amp: 'Amp',
  droid: 'Droid',
  'qwen-code': 'Qwen Code',
  goose: 'Goose',
  'kimi-cli': 'Kimi CLI',
  crush: 'Crush',
  openhands: 'OpenHands',
  'swe-agent': 'SWE-agent',
  'mini-swe-agent': 'mini-swe-agent',
  hermes: 'Hermes',
};

/** An agent for reading; an id of a later list than ours stays as it is. */
export function agentName(id: string): string {
  return Object.hasOwn(agentNames, id) ? agentNames[id as AgentId] : id;
}
