/** A time for reading, always UTC: 2026-11-22 06:00. `time` is ISO 8601 in UTC. */
export function minuteText(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** The day of a time, UTC: 2026-11-22. */
export function dayText(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * A time in a session, as the dataset has it: in UTC, or local without `Z` where the file names no zone. `machine` is
 * for a `time` element, which knows milliseconds at most.
 */
export function sessionTimeText(time: string): { text: string; local: boolean; machine: string } {
  return {
    text: time.slice(0, 16).replace('T', ' '),
    local: !time.endsWith('Z'),
    machine: time.replace(/(\.\d{3})\d+/, '$1'),
  };
}
