import type { Flags } from '../flags.ts';
import type { JobCall, JobResult } from '../job.ts';

/** One of the command line's commands. What it needs to run is loaded when it does, so that --help comes at once. */
export interface Verb<F extends Flags> {
  name: string;
  /** A line of the list of commands. */
  summary: string;
  /** What it does, for its own --help. */
  description: string;
  /** What it takes beside flags, as --help writes it; nothing when left out. */
  operands?: string;
  /** Its own flags; all take --json and --help besides. */
  flags: F;
  /** What its exit codes mean, one each. */
  exits: readonly string[];
  run(call: VerbCall<F>): Promise<JobResult>;
}

export interface VerbCall<F extends Flags> extends JobCall<F> {
  operands: readonly string[];
  /** One summary is wanted: nothing may be printed but that. */
  json: boolean;
  /** A line of the result, where results come one by one. */
  print(line: string): void;
}
