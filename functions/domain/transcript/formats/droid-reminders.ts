const opening = '<system-reminder>';
const closing = '</system-reminder>';

/** A user's text in Droid without the reminders the agent writes before it; empty when there is nothing else. */
export function withoutReminders(spoken: string): string {
  let rest = spoken.trimStart();
  while (rest.startsWith(opening)) {
    const end = rest.indexOf(closing);
    if (end < 0) return '';
    rest = rest.slice(end + closing.length).trimStart();
  }
  return rest;
}
