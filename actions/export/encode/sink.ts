/** Bytes being written, one behind the other. Whoever writes sees to it that there is room. */
export interface Sink {
  bytes: Uint8Array;
  length: number;
}

export function newSink(capacity: number): Sink {
  return { bytes: new Uint8Array(capacity), length: 0 };
}

/** Makes room for so many bytes more. */
export function makeRoom(sink: Sink, more: number): void {
  if (sink.length + more <= sink.bytes.length) return;
  const larger = new Uint8Array(Math.max(sink.length + more, 2 * sink.bytes.length));
  larger.set(sink.bytes.subarray(0, sink.length));
  sink.bytes = larger;
}

export function append(sink: Sink, bytes: Uint8Array): void {
  const { bytes: written, length } = sink;
  const more = bytes.length;
  // For so few bytes a call into the engine costs more than it saves.
  if (more > 64) written.set(bytes, length);
  else for (let i = 0; i < more; i++) written[length + i] = bytes[i] as number;
  sink.length = length + more;
}
