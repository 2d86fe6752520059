import { z } from 'zod';
import { agentIds } from './transcript/agent.ts';

const names = z.array(z.string()).nullable();
const count = z.int().min(0).nullable();
const flag = z.boolean().nullable();

/**
 * A time in a session: UTC, or local without `Z` where the file has no zone.
 */
export const sessionTimePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z?$/;
const time = z.string().regex(sessionTimePattern).nullable();

/** The dataset row's fields that come from the session files, under the row's own names. Unknown is null. */
export const derived = z.object({
  agent: z.enum(agentIds).nullable(),
  agent_version: z.string().nullable(),
  format: z.string().nullable(),
  session_ids: names,
  models: names,
  started_at: time,
  ended_at: time,
  user_messages: count,
  assistant_messages: count,
  tool_calls: count,
  tool_names: names,
  input_tokens: count,
  output_tokens: count,
  languages: names,
  first_prompt_present: flag,
  tool_calls_paired: flag,
  truncated: flag,
  has_thinking: flag,
  has_subagents: flag,
  redactions: count,
  content_key: z.string().nullable(),
});
export type Derived = z.infer<typeof derived>;
