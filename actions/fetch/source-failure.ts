import { JobFailure } from '../failure.ts';

/** Another attempt may succeed. */
export class SourceFailure extends JobFailure {
  override name = 'SourceFailure';
}
