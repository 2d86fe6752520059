/** What the agent itself writes into a user's turn. */
const injected =
  /^\s*<(?:local-command-(?:stdout|stderr|caveat)|bash-(?:stdout|stderr)|task-notification|system-reminder|user-memory-input)[ >]|^\s*(?:Caveat: The messages below|\[Request interrupted)/;
const typed = /^\s*<(?:command-name|command-message|bash-input)>/;

/** Whether the text of a user's turn in Claude Code was typed, is a slash command or `!` input, or was put in. */
export function purposeOf(spoken: string): 'prompt' | 'command' | 'context' {
  const start = spoken.slice(0, 400);
  if (injected.test(start)) return 'context';
  return typed.test(start) ? 'command' : 'prompt';
}
