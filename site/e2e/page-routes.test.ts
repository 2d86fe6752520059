import { expect, test } from 'vitest';
import { pageRoutes, routeOf } from './page-routes.ts';

test('pages are found where they lie, however deep', () => {
  expect(pageRoutes()).toEqual(
    expect.arrayContaining(['/', '/404', '/dataset', '/sessions', '/sessions/[gist_id]']),
  );
});

test.each([
  ['/', '/'],
  ['/sessions?agent=pi#list', '/sessions'],
  ['/sessions/0a', '/sessions/[gist_id]'],
  ['/sessions/page/2', '/sessions/page/[page]'],
  ['/sessions/page/2/3', '/404'],
  ['/nowhere', '/404'],
])('%s is a page of the kind %s', (address, kind) => {
  const routes = ['/', '/sessions', '/sessions/[gist_id]', '/sessions/page/[page]', '/[any]/page/2'];
  expect(routeOf(address, routes)).toBe(kind);
});
