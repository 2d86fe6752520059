const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** UTC with milliseconds, on a day that every month has. */
const usual = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * A time as a session tells it. ISO 8601 text or a number (milliseconds since 1970; seconds where that is the only sense
 * it makes) becomes `YYYY-MM-DDTHH:MM:SS.mmmZ` in UTC, with six decimals where the file has that many. Text without a
 * zone stays local: `YYYY-MM-DDTHH:MM:SS`, no `Z`, because nobody can say which instant it was. Undefined otherwise.
 */
export function sessionTime(value: unknown): string | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  // What nearly every agent writes, and a session has it on every line.
  if (usual.test(value)) return value;
  const match = shape.exec(value);
  if (!match) return undefined;
  const [, day, clock = '', fraction, zone] = match;
  const full = clock.length === 5 ? `${clock}:00` : clock;
  const offset = zone === undefined || /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const written = `${day}T${full}`;
  const instant = new Date(`${written}${offset}`);
  // JavaScript takes 30 February for 2 March, and writes years past 9999 with a sign.
  if (iso(new Date(`${written}Z`)) !== `${written}.000Z` || iso(instant) === undefined) return undefined;
  if (zone === undefined) return `${written}${fraction === undefined ? '' : `.${fraction.slice(0, 6)}`}`;
  const decimals = (fraction ?? '').slice(0, 6).padEnd(3, '0');
  return instant.toISOString().replace('.000Z', `.${decimals}Z`);
}

function iso(instant: Date): string | undefined {
  if (Number.isNaN(instant.getTime())) return undefined;
  const text = instant.toISOString();
  return text.length === 24 ? text : undefined;
}

/** Years a coding agent can have been at work in; a number outside them is not a time. */
const earliest = Date.UTC(2020, 0);
const latest = Date.UTC(2100, 0);

function fromNumber(value: number): string | undefined {
  for (const milliseconds of [value, value * 1000]) {
    if (milliseconds >= earliest && milliseconds < latest)
      return new Date(Math.trunc(milliseconds)).toISOString();
  }
  return undefined;
}

/** For ordering the times of one session: local ones as if they were UTC. Milliseconds, with fractions. */
export function timeOrder(time: string): number {
  const fraction = /\.\d{3}(\d{1,3})/.exec(time)?.[1];
  const base = Date.parse(time.endsWith('Z') ? time : `${time}Z`);
  return fraction === undefined ? base : base + Number(`0.${fraction}`);
}

/** Whether one time of a session is before another. */
export function isBefore(one: string, other: string): boolean {
  if (usual.test(one) && usual.test(other)) return one < other;
  return timeOrder(one) < timeOrder(other);
}
