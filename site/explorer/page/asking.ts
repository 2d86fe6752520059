import { ownWorker } from '../../scripts/own-worker.ts';
import type { Answer, Forgetting, Opening, Question } from '../protocol.ts';
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
  /** Who waits: of each kind of question, for the latest alone. */
  const waiting = new Map<Asked['kind'], { id: number; hear: Heard }>();

  const start = () => {
    const started = new Worker(ownWorker(address), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      for (const each of waiting.values()) if (each.id === data.id) each.hear(data);
    };
    started.onerror = () => {
      started.terminate();
      if (worker === started) worker = null;
      const all = [...waiting.values()];
      waiting.clear();
      for (const { id, hear } of all) hear({ id, kind: 'trouble', sentence: broken });
    };
    started.postMessage(opening);
    return started;
  };

  return {
    /** Asks. What was asked before of the same kind is heard of no more. */
    ask(question: Asked, hear: Heard) {
      id += 1;
      waiting.set(question.kind, { id, hear });
      worker ??= start();
      worker.postMessage({ ...question, id } satisfies Question);
    },
    /** Nothing is asked any more, and the worker stops. */
    forget() {
      waiting.clear();
      worker?.postMessage({ kind: 'forget' } satisfies Forgetting);
    },
  };
}
export type Asking = ReturnType<typeof openAsking>;
