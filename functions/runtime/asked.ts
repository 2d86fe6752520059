import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the request that is being answered, wherever it is asked. */
export interface Asked {
  /** A UUID; the answer names it as `x-request-id`. */
  requestId: string;
  /** The visitor's address; null where it says nothing about who asks, see `actions/start/client-address.ts`. */
  client: string | null;
  /** The route that answers, such as `/api/moderation/{gist_id}`, once it is found. */
  route: string | null;
}

const key = Symbol.for('openagentsessions.asked');
const shelf = globalThis as { [key]?: AsyncLocalStorage<Asked> };

/** Astro loads the endpoints as modules of its own, so the storage is on the global object, as the runtime is. */
function storage(): AsyncLocalStorage<Asked> {
  shelf[key] ??= new AsyncLocalStorage<Asked>();
  return shelf[key];
}

/** Answers a request: within `answer`, and what it starts, `currentAsked` is this one. */
export function withAsked<T>(asked: Asked, answer: () => T): T {
  return storage().run(asked, answer);
}

/** The request that is being answered; null outside of any, as in jobs and builds. */
export function currentAsked(): Asked | null {
  return storage().getStore() ?? null;
}
