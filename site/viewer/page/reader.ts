import { ownWorker } from '../../scripts/own-worker.ts';
import type { Asks, FileReport, FileToRead, FromWorker, Question, ToWorker } from '../protocol.ts';
import type { Row } from '../row.ts';
import type { Trouble } from '../trouble.ts';
import address from '../worker/worker.ts?worker&url';

/** What the page is told while files are read. */
export interface Listener {
  rows(file: number, added: readonly Row[], changed: readonly Row[], bytes: number): void;
  done(file: number, report: FileReport): void;
  /** `stopped`: the worker is no more, and what it has read is gone with it. */
  trouble(file: number, trouble: Trouble, stopped: boolean): void;
}

/** Longest silence while a file is read, in milliseconds: a file that keeps the worker busy for so long never ends. */
const patience = 45_000;

/** The worker that reads, as seen from the page. */
export function openReader(listener: Listener) {
  const worker = new Worker(ownWorker(address), { type: 'module' });
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  let reading: number | null = null;
  let timer = 0;
  const send = (message: ToWorker) => worker.postMessage(message);

  const failed = (code: Trouble['code']) => {
    worker.terminate();
    const file = reading;
    reading = null;
    if (file !== null) listener.trouble(file, { kind: 'trouble', code }, true);
  };
  const wait = () => {
    clearTimeout(timer);
    if (reading !== null) timer = window.setTimeout(() => failed('too_slow'), patience);
  };

  worker.onerror = () => failed('fault');
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'answer') {
      waiting.get(data.id)?.(data.answer);
      waiting.delete(data.id);
      return;
    }
    if (data.kind !== 'rows') reading = null;
    wait();
    if (data.kind === 'rows') listener.rows(data.file, data.added, data.changed, data.bytes);
    else if (data.kind === 'done') listener.done(data.file, data.report);
    else listener.trouble(data.file, data.trouble, false);
  };

  return {
    /** Reads a file; one at a time. Its rows have keys from `firstKey`. */
    read(file: number, source: FileToRead, firstKey: number) {
      reading = file;
      wait();
      send({ kind: 'read', file, source, firstKey });
    },
    ask<Name extends Question>(name: Name, ask: Asks[Name]['ask']): Promise<Asks[Name]['answer']> {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        waiting.set(id, (answer) => resolve(answer as Asks[Name]['answer']));
        send({ kind: 'ask', id, name, ask } as ToWorker);
      });
    },
    /** Ends it: nothing more is told of what was being read. */
    close() {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
}
export type Reader = ReturnType<typeof openReader>;
