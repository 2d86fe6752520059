import { expect, test } from 'vitest';
import { z } from 'zod';
import { ask } from './ask.ts';

const shape = z.object({ login: z.string() });
const answering = (body: unknown, status: number) => async () => Response.json(body, { status });

test('a good answer is its value', async () => {
  const call = answering({ login: 'ada', more: 1 }, 200);
  expect(await ask(call, '/api/me', shape)).toEqual({ ok: true, value: { login: 'ada' } });
});

test('a problem is a value for the page to show', async () => {
  const call = answering({ status: 503, code: 'database_unavailable', detail: 'Not just now.' }, 503);
  expect(await ask(call, '/api/me', shape)).toEqual({
    ok: false,
    status: 503,
    code: 'database_unavailable',
    sentence: 'Not just now.',
  });
});

test('an answer of another shape is a fault of ours', async () => {
  await expect(ask(answering({ name: 'ada' }, 200), '/api/me', shape)).rejects.toThrow(z.ZodError);
});

test('what is to be posted goes along', async () => {
  const posts: unknown[] = [];
  const call = async (path: string, post?: object) => {
    posts.push([path, post]);
    return Response.json({ login: 'ada' });
  };
  await ask(call, '/api/submissions/preview', shape, { gist_url: 'abc' });
  await ask(call, '/api/me', shape);
  expect(posts).toEqual([
    ['/api/submissions/preview', { gist_url: 'abc' }],
    ['/api/me', undefined],
  ]);
});
