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

/** What the last recheck found out about the gist; set by recheck alone. */
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

interface MoveRule {
  /** From which state the move leads to which; from any other it is refused with `invalid_state`. */
  edges: Partial<Record<State, State | 'earlier'>>;
  by: 'owner' | 'moderator' | 'reader' | 'job';
  /** What the dataset calls it when the move takes a row out. */
  departs?: Departure;
}

/**
 * Every move a submission can make. `submit` starts a row, so no state leads to it. `edit` is noticed by whoever
 * re-reads the gist. `earlier` is where a row stood before its quarantine; `lapse` ends one nobody decided in time.
 */
export const moves = {
  submit: { edges: {}, by: 'owner' },
  resubmit: { edges: { withdrawn: 'pending', rejected: 'pending' }, by: 'owner' },
  appeal: { edges: { rejected: 'pending' }, by: 'owner' },
  withdraw: {
    edges: { pending: 'withdrawn', changed: 'withdrawn', approved: 'withdrawn', rejected: 'withdrawn' },
    by: 'owner',
    departs: 'withdrawn',
  },
  edit: {
    edges: { pending: 'pending', changed: 'changed', approved: 'changed' },
    by: 'job',
    departs: 'suspended',
  },
  approve: { edges: { pending: 'approved', changed: 'approved' }, by: 'moderator' },
  reject: { edges: { pending: 'rejected', changed: 'rejected' }, by: 'moderator', departs: 'removed' },
  remove: {
    edges: {
      pending: 'removed',
      changed: 'removed',
      approved: 'removed',
      rejected: 'removed',
      quarantined: 'removed',
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

/** Where a move leads from a state, or null where it is not allowed. */
export function moveTarget(move: Move, from: State): State | 'earlier' | null {
  const rule: MoveRule = moves[move];
  return rule.edges[from] ?? null;
}

/** What the dataset calls it when this move takes a listed row out. */
export function moveDeparture(move: Move): Departure | undefined {
  const rule: MoveRule = moves[move];
  return rule.departs;
}

/** The row's presence after a move, and the change the dataset tells of, if any. */
export function datasetEffect(
  before: Presence,
  after: { state: State; availability: Availability },
  departs: Departure | undefined,
): { presence: Presence; kind: ChangeKind | null } {
  if (after.state === 'approved' && after.availability === 'available') {
    if (before === 'listed') return { presence: 'listed', kind: null };
    return { presence: 'listed', kind: before === 'never' ? 'added' : 'restored' };
  }
  if (before === 'listed' && departs !== undefined) {
    return { presence: departs === 'suspended' ? 'suspended' : 'departed', kind: departs };
  }
  if (before === 'suspended' && departs !== undefined && departs !== 'suspended') {
    return { presence: 'departed', kind: departs };
  }
  return { presence: before, kind: null };
}
