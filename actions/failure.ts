/** Ends a job with this sentence: what is wrong, and what to do next. */
export class JobFailure extends Error {
  override name = 'JobFailure';
}
