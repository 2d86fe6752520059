/** What can be wrong with the service. */
const s3FaultNames = {
  slow_down: 'answers 503 SlowDown',
  down: 'answers 500',
  forbidden: 'answers 403 AccessDenied',
  no_bucket: 'answers 404 NoSuchBucket',
  skewed: 'answers 403 RequestTimeTooSkewed',
  full: 'answers 403 QuotaExceeded',
  slow: 'answers 300 milliseconds late',
  hang: 'takes the request and never answers',
  reset: 'closes the connection without an answer',
  cut_upload: 'closes the connection in the middle of what is sent',
  answer_lost: 'does what it is asked, and closes the connection without an answer',
  cut: 'closes the connection in the middle of what it answers',
  other_bytes: 'answers with a byte that is not the one that was put',
  private: 'gives strangers nothing',
  no_conditions: 'overwrites what may only be created',
  quoted_tags: 'takes tags with quotes, as newer gateways may',
} as const;
export type S3Fault = keyof typeof s3FaultNames;

export interface Asked {
  method: string;
  /** Without the bucket's name; empty where the bucket itself is asked for. */
  key: string;
}

interface Switch {
  name: S3Fault;
  left: number;
  on: (asked: Asked) => boolean;
}

/** Faults that are on: for so many requests, or for all until they are healed. */
export class S3Faults {
  #switches: Switch[] = [];

  set(name: S3Fault, options: { times?: number; on?: (asked: Asked) => boolean } = {}): void {
    this.#switches.push({
      name,
      left: options.times ?? Number.POSITIVE_INFINITY,
      on: options.on ?? (() => true),
    });
  }

  heal(): void {
    this.#switches = [];
  }

  /** The faults this request meets; each is counted. */
  take(asked: Asked): Set<S3Fault> {
    const met = this.#switches.filter(({ left, on }) => left > 0 && on(asked));
    for (const one of met) one.left -= 1;
    return new Set(met.map(({ name }) => name));
  }
}
