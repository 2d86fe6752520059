/** A time for reading, always UTC: 2026-11-22 06:00. `time` is ISO 8601 in UTC. */
export function minuteText(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** The day of a time, UTC: 2026-11-22. */
export function dayText(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
