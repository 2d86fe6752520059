import type { RouteGroup } from './faults.ts';
import { listCommits, listGists, showGist, showRevision } from './gists/gist-routes.ts';
import { showCurrentFile, showFirstFile, showPinnedFile } from './gists/raw-routes.ts';
import { showRateLimit, showTokenUser, showUser } from './gists/user-routes.ts';
import { answerQuery } from './graphql/graphql-route.ts';
import type { Answer } from './http/answer.ts';
import type { Asked } from './http/asked.ts';
import type { Resource } from './http/rate-limits.ts';
import { changeIssue, commentOnIssue, createIssue, listIssues } from './issues/issue-routes.ts';
import { exchangeCode } from './oauth/access-token.ts';
import { checkToken, deleteGrant, deleteToken } from './oauth/applications.ts';
import { authorize } from './oauth/authorize.ts';
import {
  deleteAsset,
  downloadAsset,
  downloadLatest,
  listAssets,
  showAsset,
  uploadAsset,
} from './releases/asset-routes.ts';
import {
  changeRelease,
  createRelease,
  deleteRelease,
  listReleases,
  showLatest,
  showRelease,
  showTag,
} from './releases/release-routes.ts';
import { createTagRef, showTagRef } from './releases/tag-routes.ts';
import { listRuns, showWorkflow, switchWorkflow } from './workflows/workflow-routes.ts';
import type { World } from './world.ts';

type Handler = (world: World, asked: Asked) => Answer | Promise<Answer>;

/** Method, path, the group faults know it by, what GitHub counts it as, and who answers. */
type Row = readonly [string, string, RouteGroup, Resource | null, Handler];

const workflow = '/repos/:owner/:repo/actions/workflows/:workflow';

/** All of GitHub that is served; the first row that fits answers. */
const rows: readonly Row[] = [
  ['GET', '/gists/:id', 'gists', 'core', showGist],
  ['GET', '/gists/:id/commits', 'gists', 'core', listCommits],
  ['GET', '/gists/:id/:sha', 'gists', 'core', showRevision],
  ['GET', '/users/:login/gists', 'gists', 'core', listGists],
  ['GET', '/users/:login', 'users', 'core', showUser],
  ['GET', '/user', 'users', 'core', showTokenUser],
  ['GET', '/rate_limit', 'users', null, showRateLimit],

  ['POST', '/graphql', 'graphql', 'graphql', answerQuery],

  ['GET', '/login/oauth/authorize', 'oauth', null, authorize],
  ['POST', '/login/oauth/access_token', 'oauth', null, exchangeCode],
  ['POST', '/applications/:client/token', 'oauth', 'core', checkToken],
  ['DELETE', '/applications/:client/token', 'oauth', 'core', deleteToken],
  ['DELETE', '/applications/:client/grant', 'oauth', 'core', deleteGrant],

  ['GET', '/repos/:owner/:repo/releases', 'releases', 'core', listReleases],
  ['POST', '/repos/:owner/:repo/releases', 'releases', 'core', createRelease],
  ['GET', '/repos/:owner/:repo/releases/latest', 'releases', 'core', showLatest],
  ['GET', '/repos/:owner/:repo/releases/tags/:tag', 'releases', 'core', showTag],
  ['GET', '/repos/:owner/:repo/releases/assets/:asset', 'releases', 'core', showAsset],
  ['DELETE', '/repos/:owner/:repo/releases/assets/:asset', 'releases', 'core', deleteAsset],
  ['GET', '/repos/:owner/:repo/releases/:release', 'releases', 'core', showRelease],
  ['PATCH', '/repos/:owner/:repo/releases/:release', 'releases', 'core', changeRelease],
  ['DELETE', '/repos/:owner/:repo/releases/:release', 'releases', 'core', deleteRelease],
  ['GET', '/repos/:owner/:repo/releases/:release/assets', 'releases', 'core', listAssets],
  ['POST', '/repos/:owner/:repo/releases/:release/assets', 'releases', 'core', uploadAsset],
  ['GET', '/repos/:owner/:repo/git/ref/tags/:tag', 'releases', 'core', showTagRef],
  ['POST', '/repos/:owner/:repo/git/refs', 'releases', 'core', createTagRef],
  ['GET', '/:owner/:repo/releases/download/:tag/:name', 'releases', null, downloadAsset],
  ['GET', '/:owner/:repo/releases/latest/download/:name', 'releases', null, downloadLatest],

  ['GET', workflow, 'workflows', 'core', showWorkflow],
  ['GET', `${workflow}/runs`, 'workflows', 'core', listRuns],
  ['PUT', `${workflow}/enable`, 'workflows', 'core', switchWorkflow(false)],
  ['PUT', `${workflow}/disable`, 'workflows', 'core', switchWorkflow(true)],

  ['GET', '/repos/:owner/:repo/issues', 'issues', 'core', listIssues],
  ['POST', '/repos/:owner/:repo/issues', 'issues', 'core', createIssue],
  ['PATCH', '/repos/:owner/:repo/issues/:issue', 'issues', 'core', changeIssue],
  ['POST', '/repos/:owner/:repo/issues/:issue/comments', 'issues', 'core', commentOnIssue],

  ['GET', '/:login/:id/raw', 'raw', null, showFirstFile],
  ['GET', '/:login/:id/raw/:name', 'raw', null, showCurrentFile],
  ['GET', '/:login/:id/raw/:sha/:name', 'raw', null, showPinnedFile],
];

const routes = rows.map(([method, path, group, counted, handle]) => ({
  method,
  parts: path.split('/'),
  group,
  counted,
  handle,
}));

/** A route that fits a request, with the parts of the path its names stand for. */
export interface Found {
  group: RouteGroup;
  counted: Resource | null;
  handle: Handler;
  params: Map<string, string>;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The route for a method and an undecoded path. HEAD is answered as GET. */
export function findRoute(method: string, path: string): Found | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const given = path.split('/').map(decode);
  for (const { parts, ...route } of routes) {
    if (route.method !== asked || parts.length !== given.length) continue;
    const params = new Map<string, string>();
    const fits = parts.every((part, index) => {
      const value = given[index];
      if (!part.startsWith(':')) return part === value;
      if (value) params.set(part.slice(1), value);
      return Boolean(value);
    });
    if (fits) return { ...route, params };
  }
  return undefined;
}
