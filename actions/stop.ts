import { JobFailure } from './failure.ts';

/** 128 and the signal's number, as shells have it. */
const stopCodes = { SIGINT: 130, SIGTERM: 143 };

/** Somebody wants the work to end. */
export class Stopped extends JobFailure {
  readonly exitCode: number;
  constructor(signal: keyof typeof stopCodes) {
    super(`Stopped by ${signal}. Run it again to finish.`);
    this.exitCode = stopCodes[signal];
  }
}

/** The signal is aborted by SIGTERM and SIGINT, with a `Stopped`, until `end` is called. */
export function listenForStop(world: Pick<NodeJS.Process, 'once' | 'off'>): {
  signal: AbortSignal;
  end(): void;
} {
  const stop = new AbortController();
  // Each is listened to once: the second Ctrl-C ends the process at once.
  const onInterrupt = () => stop.abort(new Stopped('SIGINT'));
  const onTerminate = () => stop.abort(new Stopped('SIGTERM'));
  world.once('SIGINT', onInterrupt);
  world.once('SIGTERM', onTerminate);
  return {
    signal: stop.signal,
    end() {
      world.off('SIGINT', onInterrupt);
      world.off('SIGTERM', onTerminate);
    },
  };
}
