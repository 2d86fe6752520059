import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** A request as it reaches the proxy. */
export interface Asked {
  method: 'GET' | 'POST';
  path: string;
  /** Client's address. */
  from: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export interface Answer {
  /** Null where there was none: the connection broke, or nobody took it. */
  status: number | null;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Where the site's visitors come in. */
export interface Front {
  ask(asked: Asked): Promise<Answer>;
  /** Asks at the same moment, each at another process. */
  askAtOnce(asked: readonly Asked[]): Promise<Answer[]>;
  close(): Promise<void>;
}

/** Milliseconds, as docs/deploy/Caddyfile has them: how long it looks for a process that takes the request, and how often. */
const patience = { all: 1_000, between: 50 };

/** Nobody took the connection, so the request was not sent. */
const notSent = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Stands for the proxy: takes turns with the processes, sends on what one does not take to the other, and says for whom
 * it asks. A request that was sent is not sent again, unless it only reads.
 */
export function openFront(sites: readonly string[], siteUrl: string): Front {
  const agent = new Agent({ headersTimeout: 30_000, bodyTimeout: 30_000, connect: { timeout: 2_000 } });
  const host = new URL(siteUrl).host;
  let turn = 0;

  const send = async (
    site: string,
    { method, path, from, headers, body }: Asked,
  ): Promise<Answer | string> => {
    try {
      const answer = await request(`${site}${path}`, {
        dispatcher: agent,
        method,
        headers: { ...headers, host, 'x-forwarded-for': from, 'x-forwarded-proto': 'http' },
        body: body ?? null,
      });
      return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    }
  };
  const askFrom = async (first: number, asked: Asked): Promise<Answer> => {
    const until = performance.now() + patience.all;
    for (let tries = 0; ; tries += 1) {
      const answer = await send(sites[(first + tries) % sites.length] ?? siteUrl, asked);
      if (typeof answer !== 'string') return answer;
      const again = notSent.has(answer) || asked.method === 'GET';
      if (!again || performance.now() > until) return { status: null, headers: {}, body: '' };
      if (tries % sites.length === sites.length - 1) await sleep(patience.between);
    }
  };
  return {
    ask: (asked) => askFrom(turn++, asked),
    askAtOnce(asked) {
      const first = turn++;
      return Promise.all(asked.map((each, n) => askFrom(first + n, each)));
    },
    close: () => agent.close(),
  };
}
