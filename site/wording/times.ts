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

/** How long ago a time was, in its largest whole unit: 3 min, 5 h, 12 days. */
export function ageText(time: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} days`;
}

/** A length of time given in hours, for reading: 40 min, 3.6 h, 2.5 days. */
export function hoursText(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 48 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} days`;
}
