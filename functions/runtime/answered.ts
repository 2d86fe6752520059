/** What a log and a counter may know of a request that was answered: no query, no body, nothing a visitor wrote. */
export interface Answered {
  /** Ours, and what the answer names as `x-request-id`. */
  requestId: string;
  method: string;
  /** The route that answered, such as `/api/moderation/{gist_id}`, `page` or `file`: never an address as it was asked. */
  route: string;
  status: number;
  seconds: number;
}
