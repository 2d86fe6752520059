import type { Reason } from './moderation.ts';

/**
 * A note to begin with for each reason: what is wrong, and what the contributor can do next. It is true as it stands, so
 * that nobody gets a gap to read when a moderator had nothing to add.
 */
export const presets: Readonly<Record<Reason, string>> = {
  not_a_session:
    'I found no session of a coding agent in this gist. The index lists the file an agent wrote itself, or its own export. Put that file into a gist and submit it; if it is in this one already, answer with its name.',
  secret:
    'This gist holds what looks like a secret. Revoke it where it was issued: it has been public since the gist was. Then make a new gist of the cleaned file and submit that one, because old revisions of this gist keep the secret.',
  personal_data:
    'This gist holds personal data. Redact it in your file, make a new gist of it and submit that one; old revisions of this gist keep what was in them.',
  licence:
    'I cannot tell whether you may give this session under the licence you chose. Answer with where the rights come from, or take out what is not yours and submit the gist again.',
  duplicate:
    'This session is in the index already. There is nothing you need to do. If the two differ in what matters, answer and say how.',
  spam: 'This does not look like a session shared to learn from. If it is one, answer and say what it shows.',
  low_quality:
    'There is too little in this session for somebody to learn from. A session with its prompts, the tool calls and their results is welcome; edit the gist to hold one and submit it again.',
  other: 'I did not list this session. If you think that is a mistake, answer and say why.',
};
