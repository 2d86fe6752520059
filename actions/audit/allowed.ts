/** An advisory that somebody has judged not to concern us, or not yet. */
export interface Allowed {
  /** `GHSA-xxxx-xxxx-xxxx` */
  advisory: string;
  package: string;
  /** The day it was judged. It counts again 30 days later. */
  judged: string;
  /** Why it can wait. */
  reason: string;
}

export const allowed: readonly Allowed[] = [];
