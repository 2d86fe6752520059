import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeLeft, startWorld, type Visitor, type World } from '../api/testing/world.ts';

/*
 * A tab that was opened before the site was replaced sends what its version knew.
 */

let world: World;
let ada: Visitor;
let gistId: string;
beforeAll(async () => {
  world = await startWorld();
  gistId = world.writeGist('ada', 'tab', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());

test('a field that is no longer asked for is no mistake', async () => {
  const fields = { gist_url: gistId, license: 'MIT', attested: 'on', newsletter: 'on' };
  const answer = await ada.sendForm('/api/submissions', fields);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/mine']);
});

test('a form without a field that is asked for now comes back with the rest filled in', async () => {
  const answer = await ada.sendForm('/api/submissions', { gist_url: 'f'.repeat(32) });
  expect(answer.status).toBe(303);
  const notice = noticeLeft(answer, world.runtime);
  expect(notice).toMatchObject({ code: 'license_required', values: { gist_url: 'f'.repeat(32) } });
});

test('a form whose address is gone leads to a page that says so', async () => {
  const answer = await ada.sendForm('/api/submissions/offer', { gist_url: 'f'.repeat(32) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('There is nothing at this address.');
});

test('a form whose address now takes another method, too', async () => {
  const answer = await ada.sendForm('/api/me', {});
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  expect(await answer.text()).toContain('<h1>Not done</h1>');
});

test('a script is told in the way it reads', async () => {
  const answer = await ada.post('/api/submissions/offer', { gist_url: 'f'.repeat(32) });
  expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
});
