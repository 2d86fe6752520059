import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';
import { isTest, type Source } from './source.ts';

interface Room {
  /** Other rooms it may import, through their package imports: `functions/domain` is `#domain`. */
  rooms: readonly string[];
  /** Rooms of which it may import types alone. */
  typesOf?: readonly string[];
  /** Rooms reached by relative paths: two that are one in all but name. */
  beside?: readonly string[];
  /** All packages it may import, Node's own included; any when left out. Tests are free. */
  packages?: readonly string[];
}

const domain = 'functions/domain';
const github = 'functions/github';
const inspect = 'functions/inspect';
const runtime = 'functions/runtime';

/** The arrows of docs/architecture.md. A file belongs to the longest room its path starts with. */
const rooms: Readonly<Record<string, Room>> = {
  [domain]: { rooms: [], packages: ['zod', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'] },
  [github]: { rooms: [domain] },
  [inspect]: { rooms: [domain, github] },
  [runtime]: { rooms: [domain], typesOf: [github, 'sql'] },
  'functions/http': { rooms: [domain, github, runtime, 'sql'], beside: ['functions/api'] },
  'functions/api': { rooms: [domain, github, inspect, runtime, 'sql'], beside: ['functions/http'] },
  sql: { rooms: [domain] },
  actions: { rooms: [domain, github, inspect, runtime, 'sql'] },
  // A test in which people and jobs live through a year together.
  'actions/year': {
    rooms: [domain, github, inspect, runtime, 'sql'],
    beside: ['actions', 'actions/year/reader', 'functions/api'],
  },
  // A stranger: what it took from us could not tell that we are wrong.
  'actions/year/reader': { rooms: [] },
  site: { rooms: [domain] },
  // Browser tests start the programs they look at.
  'site/e2e': { rooms: [domain, 'sql'], beside: ['actions'] },
  docs: { rooms: [domain] },
};

/** Packages with one owner: there is one pool, one count of requests and one GitHub client. Tests are free. */
const owners: Readonly<Record<string, string>> = {
  pg: 'sql',
  '@electric-sql/pglite': 'sql',
  'rate-limiter-flexible': 'sql',
  '@octokit/rest': github,
  '@octokit/request': github,
  '@secretlint/core': inspect,
};

/** Where a file leaves its room because a tool looks for it there. */
const exceptions: Readonly<Record<string, string>> = {
  'site/middleware.ts': 'functions/http',
};

/** Imports that go against the arrows, each as a sentence. */
export function arrowViolations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const name = roomOf(source.path);
    const room = name === null ? undefined : rooms[name];
    // Files of the root configure tools for the whole house.
    if (name === null || room === undefined)
      return source.path.includes('/') ? [`${source.path} is in no room.`] : [];
    return importsOf(source)
      .filter((imported) => !isAllowed(source.path, name, room, imported))
      .map(({ specifier }) => `${source.path} may not import ${specifier}.`);
  });
}

function isAllowed(path: string, name: string, room: Room, { specifier, typeOnly }: Import): boolean {
  const isRelative = specifier.startsWith('.');
  if (isRelative || specifier.startsWith('#')) {
    const target = isRelative ? posix.join(posix.dirname(path), specifier) : throughDoor(specifier);
    const there = roomOf(target);
    if (there === null) return false;
    if (isRelative) return [name, ...(room.beside ?? []), exceptions[path]].includes(there);
    return room.rooms.includes(there) || (typeOnly && (room.typesOf ?? []).includes(there));
  }
  if (isTest(path)) return true;
  const owner = owners[specifier];
  if (owner !== undefined && owner !== name) return false;
  return room.packages === undefined || (!isBuiltin(specifier) && room.packages.includes(specifier));
}

/** `#sql/db.ts` → `sql/db.ts`, `#domain/move.ts` → `functions/domain/move.ts`. */
function throughDoor(specifier: string): string {
  const path = specifier.slice(1);
  return path.startsWith('sql/') ? path : `functions/${path}`;
}

function roomOf(path: string): string | null {
  const [longest] = Object.keys(rooms)
    .filter((name) => path.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  return longest ?? null;
}
