import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BucketAccess } from '#domain/environment-values.ts';
import { listen } from '../../listen.ts';
import { type S3Answer, s3Error } from './answer.ts';
import { type Asked, type S3Fault, S3Faults } from './faults.ts';
import { Objects } from './objects.ts';
import { answerQuestion } from './routes.ts';
import { accessKeyId, askerOf, bodyProblem, secretAccessKey } from './signature.ts';

/** Nobody may send more than this in one request. */
const maxBody = 64 * 1024 * 1024;

/** Faults that answer for the service, and the code of their answer. */
const answering: Partial<Record<S3Fault, string>> = {
  slow_down: 'SlowDown',
  down: 'InternalError',
  forbidden: 'AccessDenied',
  no_bucket: 'NoSuchBucket',
  skewed: 'RequestTimeTooSkewed',
  full: 'QuotaExceeded',
};

/**
 * An S3 service for tests, on a free port of 127.0.0.1: objects in memory, conditions as Ceph's gateway takes them, and
 * faults. Buckets are folders of its address. The conformance test holds it against the gateway.
 */
export async function startS3Standin() {
  const buckets = new Map<string, Objects>();
  const faults = new S3Faults();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, { buckets, faults, asked }).catch(() => response.destroy());
  });
  await listen(server, 0, '127.0.0.1');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    buckets,
    faults,
    /** Every request so far. */
    asked,
    /** Makes a bucket, and gives what a program needs to use it. */
    bucket(name: string): BucketAccess {
      buckets.set(name, new Objects());
      return { endpoint, name, region: 'us-east-1', accessKeyId, secretAccessKey };
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface World {
  buckets: Map<string, Objects>;
  faults: S3Faults;
  asked: Asked[];
}

async function serve(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const { method = '', url = '' } = request;
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, name = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const one = { method, key: rest.join('/') };
  world.asked.push(one);
  const faults = world.faults.take(one);
  if (faults.has('slow')) await sleep(300);
  if (faults.has('reset')) return void request.socket.destroy();
  if (faults.has('hang')) return;
  if (faults.has('cut_upload') && request.headers['content-length'] !== undefined) {
    request.once('data', () => request.socket.destroy());
    return;
  }

  const body = await readBody(request);
  const answer = answerRequest();
  if (faults.has('answer_lost')) return void request.socket.destroy();
  send(method, response, answer, faults.has('cut'));

  function answerRequest(): S3Answer {
    for (const [fault, code] of Object.entries(answering)) {
      if (faults.has(fault as S3Fault)) return s3Error(code);
    }
    const asker = askerOf(request, new Date());
    if (asker !== 'owner' && asker !== 'stranger') return s3Error(asker);
    const isNew = method === 'PUT' && one.key === '' && searchParams.size === 0;
    if (isNew && asker === 'owner' && !world.buckets.has(name)) world.buckets.set(name, new Objects());
    const bucket = world.buckets.get(name);
    if (bucket === undefined) return s3Error('NoSuchBucket');
    const problem = bodyProblem(request, body);
    if (problem !== null) return s3Error(problem);
    return answerQuestion(bucket, {
      request,
      ...one,
      query: searchParams,
      body,
      faults,
      isOwner: asker === 'owner',
    });
  }
}

/** Throws where the connection ends before the body does: half of a file is no file. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > maxBody) throw new Error('too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function send(method: string, response: ServerResponse, answer: S3Answer, cut: boolean): void {
  const body = Buffer.from(answer.body ?? '');
  // Clients set their clock by it; what Node would write is the machine's time, and tests may have one of their own.
  const date = new Date().toUTCString();
  response.writeHead(answer.status, { ...answer.headers, date, 'content-length': body.length });
  if (method === 'HEAD') response.end();
  else if (cut) response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else response.end(body);
}
