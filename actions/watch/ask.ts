import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** How often something that fails is asked for in all. */
  tries: number;
  /** Milliseconds between two of them. */
  pause: number;
  /** Milliseconds that one may take. */
  timeout: number;
}

/** What came, or why nothing did, in a few words. */
export type Asked = { status: number; text: string } | { failed: string };

const mostBytes = 1024 * 1024;

/** Asks for an address as anybody can, along no redirect; of an answer a megabyte is read. A failure is asked about again. */
export async function ask(address: string, patience: Patience): Promise<Asked> {
  for (let left = patience.tries; ; left -= 1) {
    const asked = await askOnce(address, patience.timeout);
    if (left <= 1 || ('status' in asked && asked.status < 500)) return asked;
    await sleep(patience.pause);
  }
}

async function askOnce(address: string, timeout: number): Promise<Asked> {
  try {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { 'user-agent': 'openagentsessions-watch', 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(timeout),
    });
    return { status: answer.status, text: await beginning(answer) };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

async function beginning(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString();
}

/** Node's own word for what happened to a connection. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  if (cause.name === 'TimeoutError') return 'no answer in time';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** An answer as JSON of a shape; null where it is something else. */
export function readJson<Value>(
  text: string,
  shape: { safeParse(value: unknown): { data?: Value } },
): Value | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
