/** Why a file cannot be read, as far as a browser is told. */
export type Trouble = {
  kind: 'trouble';
  code:
    | 'gone'
    | 'too_many_requests'
    | 'blocked'
    | 'offline'
    | 'unreachable'
    | 'moved'
    | 'cut_off'
    | 'other_bytes'
    | 'too_slow'
    | 'fault';
  /** Seconds to wait, where GitHub says so. */
  retryAfter?: number | undefined;
  /** GitHub's status, where it says nothing better. */
  status?: number | undefined;
};

export function isTrouble(value: unknown): value is Trouble {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'trouble';
}
