/** Where a submission stands. */
export const states = [
  'pending',
  'approved',
  'rejected',
  'changed',
  'withdrawn',
  'removed',
  'quarantined',
] as const;
export type State = (typeof states)[number];

/** What the last recheck found out about the gist: it alone misses one. Who reads the gist as a public one of its owner finds it. */
export const availabilities = ['available', 'missing', 'secret', 'owner_changed', 'gone'] as const;
export type Availability = (typeof availabilities)[number];

/** How a row's presence in the dataset changes. */
export const changeKinds = [
  'added',
  'updated',
  'suspended',
  'withdrawn',
  'removed',
  'gone',
  'restored',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
/** The kinds that take a row out of the dataset. */
export const departures = ['suspended', 'withdrawn', 'removed', 'gone'] as const;
export type Departure = (typeof departures)[number];

/** Is the row in the dataset? `suspended` may come back; `departed` needs a new submission or decision. */
export const presences = ['never', 'listed', 'suspended', 'departed'] as const;
export type Presence = (typeof presences)[number];

/** The owner's one answer to a removal: it waits for a moderator, or one has decided about it. */
export const objections = ['open', 'settled'] as const;
export type Objection = (typeof objections)[number];

interface MoveRule {
  /** From which state the move leads to which; from any other it is refused with `invalid_state`. */
  edges: Partial<Record<State, State | 'earlier'>>;
  by: 'owner' | 'moderator' | 'reader' | 'job';
  /** What the dataset calls it when the move takes a row out. */
  departs?: Departure;
  /** The move changes what the dataset says of a row that stays in. */
  updates?: true;
}

/**
 * Every move a submission can make. `submit` starts a row, so no state leads to it; so does `import`, which takes one
 * over from the earlier site. `attest` is its owner's word on such a row, which has no licence before. `edit` is noticed by whoever
 * re-reads the gist. `earlier` is where a row stood before its quarantine; `lapse` ends one nobody decided in time.
 * `suspect` and `update` follow an inspection by newer rules: it found a secret, or something else to tell of the session.
 * `lose`, `give_up` and `recover` follow a recheck: the gist is not there as a public one of its owner, is still not a day
 * later, or is again. Another login of its owner is an `update`, too. `object` is the owner's one
 * answer to a removal: `reopen` grants it, and another `remove` leaves it removed. `leave` is the withdrawal of an owner who erases
 * their account: from a quarantine, too, because nobody is there any more to answer for the row.
 */
export const moves = {
  submit: { edges: {}, by: 'owner' },
  import: { edges: {}, by: 'job' },
  attest: { edges: { pending: 'pending' }, by: 'owner' },
  resubmit: { edges: { withdrawn: 'pending', rejected: 'pending' }, by: 'owner' },
  appeal: { edges: { rejected: 'pending' }, by: 'owner' },
  object: { edges: { removed: 'removed' }, by: 'owner' },
  withdraw: {
    edges: { pending: 'withdrawn', changed: 'withdrawn', approved: 'withdrawn', rejected: 'withdrawn' },
    by: 'owner',
    departs: 'withdrawn',
  },
  leave: {
    edges: {
      pending: 'withdrawn',
      changed: 'withdrawn',
      approved: 'withdrawn',
      rejected: 'withdrawn',
      quarantined: 'withdrawn',
    },
    by: 'owner',
    departs: 'withdrawn',
  },
  edit: {
    edges: { pending: 'pending', changed: 'changed', approved: 'changed' },
    by: 'job',
    departs: 'suspended',
  },
  suspect: { edges: { approved: 'changed' }, by: 'job', departs: 'suspended' },
  update: { edges: { approved: 'approved' }, by: 'job', updates: true },
  lose: { edges: { approved: 'approved' }, by: 'job', departs: 'suspended' },
  give_up: { edges: { approved: 'approved' }, by: 'job', departs: 'gone' },
  recover: { edges: { approved: 'approved' }, by: 'job' },
  approve: { edges: { pending: 'approved', changed: 'approved' }, by: 'moderator' },
  reject: { edges: { pending: 'rejected', changed: 'rejected' }, by: 'moderator', departs: 'removed' },
  remove: {
    edges: {
      pending: 'removed',
      changed: 'removed',
      approved: 'removed',
      rejected: 'removed',
      quarantined: 'removed',
      removed: 'removed',
    },
    by: 'moderator',
    departs: 'removed',
  },
  reopen: { edges: { removed: 'pending' }, by: 'moderator' },
  quarantine: {
    edges: { approved: 'quarantined', pending: 'quarantined' },
    by: 'reader',
    departs: 'suspended',
  },
  clear: { edges: { quarantined: 'earlier' }, by: 'moderator' },
  lapse: { edges: { quarantined: 'earlier' }, by: 'job' },
} as const satisfies Record<string, MoveRule>;

export type Move = keyof typeof moves;

/** The states from which an owner who erases their account takes a row out; in any other it is out. */
export const inStates = Object.keys(moves.leave.edges) as (keyof typeof moves.leave.edges)[];

/** A move as the public log names it: that somebody erased their account is nobody else's business. */
export function publicMove(move: string): string {
  return move === 'leave' ? 'withdraw' : move;
}

/** Where a move leads from a state, or null where it is not allowed. */
export function moveTarget(move: Move, from: State): State | 'earlier' | null {
  const rule: MoveRule = moves[move];
  return rule.edges[from] ?? null;
}

/** Is it a move that a reader's report makes? */
export function isReaderMove(move: string): boolean {
  return Object.entries<MoveRule>(moves).some(([name, rule]) => name === move && rule.by === 'reader');
}

/** What the dataset calls it when this move takes a listed row out. */
export function moveDeparture(move: Move): Departure | undefined {
  const rule: MoveRule = moves[move];
  return rule.departs;
}

/** What the dataset tells of a listed row that this move takes out or changes. */
export function moveTells(move: Move): Departure | 'updated' | undefined {
  const rule: MoveRule = moves[move];
  return rule.updates ? 'updated' : rule.departs;
}

/** The row's presence after a move, and the change the dataset tells of, if any. */
export function datasetEffect(
  before: Presence,
  after: { state: State; availability: Availability },
  tells: Departure | 'updated' | undefined,
): { presence: Presence; kind: ChangeKind | null } {
  if (after.state === 'approved' && after.availability === 'available') {
    if (before === 'listed') return { presence: 'listed', kind: tells === 'updated' ? tells : null };
    return { presence: 'listed', kind: before === 'never' ? 'added' : 'restored' };
  }
  if (tells === undefined || tells === 'updated') return { presence: before, kind: null };
  if (before === 'listed') {
    return { presence: tells === 'suspended' ? 'suspended' : 'departed', kind: tells };
  }
  if (before === 'suspended' && tells !== 'suspended') return { presence: 'departed', kind: tells };
  return { presence: before, kind: null };
}
