/** What Codex itself writes into a user's turn: surroundings, instructions, notices. */
const injected =
  /^\s*(?:<(?:environment_context|user_instructions|turn_aborted|subagent_notification|recommended_plugins|app-context|collaboration_mode|model_switch|personality_spec|permissions instructions|permissions|INSTRUCTIONS|skill|skills_instructions|ide_context|user_editing_context|codex_internal_context|goal_context)[\s>]|# AGENTS\.md instructions)/i;
const typed = /^\s*<user_shell_command>/;

/** Whether the text of a user's turn in Codex was typed, is `!` input, or was put in. */
export function codexPurpose(spoken: string): 'prompt' | 'command' | 'context' {
  const start = spoken.slice(0, 200);
  if (injected.test(start)) return 'context';
  return typed.test(start) ? 'command' : 'prompt';
}
