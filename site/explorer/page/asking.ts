import { ownWorker } from '../../scripts/own-worker.ts';
import type { Answer, Opening, Question } from '../protocol.ts';
import address from '../worker/worker.ts?worker&url';

type Asked = Question extends infer Each ? (Each extends Question ? Omit<Each, 'id'> : never) : never;
export type Heard = (answer: Answer) => void;

const broken =
  'What looks through the index could not be loaded, or broke. Try again, or load this page again.';

/**
 * The worker, as seen from the page. It is started when it is asked first, and told where the index is: who only reads the
 * newest needs none.
 */
export function openAsking(opening: Opening) {
  let worker: Worker | null = null;
  let id = 0;
  let heard: Heard = () => {};

  const start = () => {
    const started = new Worker(ownWorker(address), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.id === id) heard(data);
    };
    started.onerror = () => {
      started.terminate();
      if (worker === started) worker = null;
      heard({ id, kind: 'trouble', sentence: broken });
    };
    started.postMessage(opening);
    return started;
  };

  return {
    /** Asks. What was asked before is heard of no more. */
    ask(question: Asked, hear: Heard) {
      id += 1;
      heard = hear;
      worker ??= start();
      worker.postMessage({ ...question, id } satisfies Question);
    },
    /** Nothing is asked any more. What the worker still does is heard by nobody. */
    forget() {
      id += 1;
    },
  };
}
export type Asking = ReturnType<typeof openAsking>;
