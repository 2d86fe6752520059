import { z } from 'zod';

/** What our API answered: the value asked for, or the problem it names. */
export type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; status: number; code: string; sentence: string };

/** RFC 9457 problem details, as the API gives them. */
const problem = z.object({ code: z.string(), detail: z.string() });

/**
 * Asks our own API as this visitor and checks the answer's shape; with `post` it is a POST of that JSON. A refusal or an
 * outage is a value for the page to show; an answer of another shape is a fault of ours, and throws.
 */
export async function ask<Shape extends z.ZodType>(
  call: App.Locals['call'],
  path: string,
  shape: Shape,
  post?: object,
): Promise<Answer<z.output<Shape>>> {
  const response = await call(path, post);
  const body: unknown = await response.json();
  if (response.ok) return { ok: true, value: shape.parse(body) };
  const { code, detail } = problem.parse(body);
  return { ok: false, status: response.status, code, sentence: detail };
}
