import type { Runtime } from '#runtime/runtime.ts';

/** One kind of answer of the site. */
export interface Kind {
  name: string;
  path: string;
  /** GET when left out. */
  method?: string;
  /** What the answer has to be, or another kind was scanned. */
  status: number;
  /** It is there to be shown on other sites, and so has none of the ten points for keeping them from doing so. */
  shown?: boolean;
  /** What is wrong with the site while it is asked. */
  trouble?: Partial<Runtime>;
}

/** What there is on the site to be asked for. */
export interface Places {
  /** Of a session that is listed; null on a site without any. */
  gistId: string | null;
  styleSheet: string;
}

const broken = () => Promise.reject(new Error('the database is broken, for the scan'));
const away = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));

/** Every kind of answer there is. */
export function kindsOf({ gistId, styleSheet }: Places, { database }: Pick<Runtime, 'database'>): Kind[] {
  const ofSessions = gistId === null ? [] : kindsOfSession(gistId);
  return [
    { name: 'page', path: '/', status: 200 },
    { name: 'page with a script', path: '/sessions', status: 200 },
    { name: 'page for a visitor', path: '/sign-in', status: 200 },
    { name: 'page for members', path: '/mine', status: 401 },
    { name: 'page not found', path: '/nowhere', status: 404 },
    {
      name: 'page that fails',
      path: '/log',
      status: 500,
      trouble: { database: { ...database, query: broken } },
    },
    { name: 'page under overload', path: '/log', status: 503, trouble: { load: full } },
    { name: 'API', path: '/api/log', status: 200 },
    { name: 'API, not signed in', path: '/api/me', status: 401 },
    { name: 'API, not found', path: '/api/nothing', status: 404 },
    { name: 'API, another method', path: '/api/me', method: 'PUT', status: 405 },
    { name: 'API, too often', path: '/api/log', status: 429, trouble: { limiter: refusing } },
    {
      name: 'API that fails',
      path: '/api/log',
      status: 500,
      trouble: { database: { ...database, query: broken } },
    },
    {
      name: 'API, database away',
      path: '/api/log',
      status: 503,
      trouble: { database: { ...database, query: away } },
    },
    { name: 'no address', path: '/%', status: 400 },
    { name: 'page, another method', path: '/', method: 'PUT', status: 405 },
    { name: 'redirect to GitHub', path: '/api/auth/signin', status: 303 },
    { name: 'redirect to the bucket', path: '/dataset/latest/status.json', status: 302 },
    { name: 'redirect of an old address', path: '/sessions/', status: 301 },
    { name: 'style sheet', path: styleSheet, status: 200 },
    { name: 'feed', path: '/feed.xml', status: 200 },
    { name: 'schema', path: '/schema/openagentsessions.json', status: 200 },
    ...ofSessions,
  ];
}

function kindsOfSession(gistId: string): Kind[] {
  return [
    { name: 'page of a session', path: `/sessions/${gistId}`, status: 200 },
    { name: 'session in Markdown', path: `/sessions/${gistId}.md`, status: 200 },
    { name: 'row of a session', path: `/api/v1/sessions/${gistId}.json`, status: 200 },
    { name: 'picture of a session', path: `/sessions/${gistId}/card.png`, status: 200, shown: true },
    { name: 'list of addresses', path: '/urls.txt', status: 200 },
    { name: 'published file', path: '/dataset/latest/manifest.json', status: 200 },
  ];
}

const full: Runtime['load'] = { begin: () => false, end: () => undefined };

const refusing: Runtime['limiter'] = {
  async count(name) {
    return { name, limit: { points: 1, seconds: 60 }, allowed: false, remaining: 0, seconds: 60 };
  },
};
