/** The parts of GitHub a fault can be limited to. */
export const routeGroups = [
  'gists',
  'users',
  'oauth',
  'graphql',
  'raw',
  'releases',
  'workflows',
  'issues',
] as const;
export type RouteGroup = (typeof routeGroups)[number];

/** Every fault the stand-in can have, and what it does. `N` is the fault's value. */
export const faultNames = {
  down: 'answers 500',
  bad_gateway: 'answers 502 with a web page',
  slow: 'answers N milliseconds late (3000)',
  hang: 'takes the request and never answers',
  reset: 'closes the connection without an answer',
  rate_limit: 'answers 403 with x-ratelimit-remaining 0; GraphQL 200 with RATE_LIMITED',
  secondary_limit: 'answers 403 with retry-after N seconds (60)',
  secondary_limit_429: 'answers 429 with retry-after N seconds (60)',
  bad_credentials: 'answers 401',
  empty: 'answers 200 with an empty body',
  nonsense: 'answers 200 with a web page',
  wrong_shape: 'answers 200 with JSON of another shape',
  partial: 'answers 200 with the first half of the body',
  cut: 'closes the connection in the middle of the body',
  missing_all: 'knows no gist: 404 in REST and raw, null in GraphQL',
  owner_null: 'names no owner of any gist',
  graphql_partial: 'GraphQL answers every other node with null and an error',
  undelivered: 'does what is asked and answers 502 all the same',
  no_repository: 'knows no repository: 404 for releases',
  read_only: 'lets no token write releases or see drafts: 403',
  broken_upload: 'answers an upload with 502 and leaves an asset without bytes',
  asset_other_bytes: 'keeps other bytes of an uploaded asset than were sent',
  no_digest: 'tells no digest of an asset',
  raw_429: 'raw files answer 429 with retry-after N seconds (60)',
  raw_other_bytes: 'raw files have other bytes than their address says',
} as const;
export type FaultName = keyof typeof faultNames;

/** A fault that is switched on. Without a group it concerns all of GitHub. */
export interface Fault {
  /** As it was written. */
  text: string;
  name: FaultName;
  group: RouteGroup | null;
  value: number | null;
}

const isFaultName = (name: string): name is FaultName => Object.hasOwn(faultNames, name);
const isGroup = (name: string): name is RouteGroup => (routeGroups as readonly string[]).includes(name);

/** Reads faults written `NAME`, `NAME=N`, `NAME:GROUP` or `NAME=N:GROUP`; or a sentence about the first bad one. */
export function parseFaults(
  texts: readonly string[],
): { ok: true; faults: Fault[] } | { ok: false; sentence: string } {
  const faults: Fault[] = [];
  for (const text of texts) {
    const [, name = '', value, group] = /^([a-z0-9_]+)(?:=(\d{1,9}))?(?::([a-z]+))?$/.exec(text) ?? [];
    if (!isFaultName(name) || (group !== undefined && !isGroup(group))) {
      const known = `${Object.keys(faultNames).join(', ')}; each may end in :${routeGroups.join(', :')}`;
      return { ok: false, sentence: `The stand-in has no fault "${text}". It has: ${known}.` };
    }
    faults.push({ text, name, group: group ?? null, value: value === undefined ? null : Number(value) });
  }
  return { ok: true, faults };
}

/** The faults that are on; they can be changed while the stand-in runs. */
export function createFaults(first: readonly Fault[]) {
  let faults = first;
  const active = (name: FaultName, group: RouteGroup): Fault | undefined =>
    faults.find((fault) => fault.name === name && (fault.group === null || fault.group === group));
  return {
    active,
    texts: (): string[] => faults.map((fault) => fault.text),
    of: (group: RouteGroup): Fault[] =>
      faults.filter((fault) => fault.group === null || fault.group === group),
    set(next: readonly Fault[]): void {
      faults = next;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
