import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { generousLimits } from '#domain/limits.ts';
import { createGitHub } from '#github/client.ts';
import { standinAccountId, standinGistId } from '#github/standin/ids.ts';
import { type Standin, startStandin } from '#github/standin/server.ts';
import { ofRequests } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { Database } from '#sql/db.ts';
import { createLimiter } from '#sql/limiter.ts';
import { type FreshDatabase, freshDatabase, silent } from '#sql/testing.ts';
import { dispatch } from '../../http/dispatch.ts';
import { type Notice, takeNotice } from '../../http/notice.ts';
import { routes } from '../routes.ts';

export const siteUrl = 'https://index.test';

/** The API with a fresh database and a GitHub of its own, asked in-process. */
export interface World {
  runtime: Runtime;
  /** As its owner. The API itself has it with the site's rights. */
  database: Database;
  /** The same database with the rights of the site, and of the jobs, for this process and others. */
  site: FreshDatabase['as']['site'];
  jobs: FreshDatabase['as']['jobs'];
  standin: Standin;
  /** Where the stand-in's gists are: `<login>/<gist-name>/<files>`. */
  gistsDir: string;
  /** Every line that was logged. */
  logged: string[];
  /** Every row of every table, as text. */
  everythingStored(): Promise<string>;
  /** Sends a request to the API as nobody in particular. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Signs in over the real flow. */
  signIn(login: string): Promise<Visitor>;
  /** Writes a public gist and returns its id; `.gist.json` among the files describes it. */
  writeGist(login: string, name: string, files: Record<string, string | Buffer>): string;
  deleteGist(login: string, name: string): void;
  /** A new gist of this visitor's, submitted. */
  submitNew(visitor: Visitor): Promise<Submitted>;
  close(): Promise<void>;
}

interface Submitted {
  gistId: string;
  revision: string;
  /** Name of the gist's folder, for writing another revision. */
  name: string;
}

/** A form's fields by name, or in pairs where a name comes more than once. */
type FormFields = Record<string, string> | [name: string, value: string][];

export interface Visitor {
  login: string;
  cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  /** Sends a page's form, as a browser does; `from` is the origin of the page. */
  sendForm(path: string, fields: FormFields, from?: string): Promise<Response>;
  /** Submits as a good contributor would, with `changes` to what is sent. */
  submit(gistId: string, changes?: object): Promise<Answer>;
  decide(gistId: string, decision: object): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** The JSON object answered; empty when the answer has no body. */
  body: Record<string, unknown>;
}

const oauthApp = { clientId: 'index-under-test', clientSecret: 'its-secret' };

export async function startWorld(options: { moderators?: readonly string[] } = {}): Promise<World> {
  const gistsDir = mkdtempSync(join(tmpdir(), 'gists-'));
  const moderators = options.moderators ?? ['moderator'];
  const standin = await startStandin({
    port: 0,
    gistsDir,
    accounts: [...moderators, 'visitor'],
    ...oauthApp,
  });
  const fresh = await freshDatabase();
  const { origin } = standin;
  const logged: string[] = [];
  const runtime: Runtime = {
    siteUrl,
    production: true,
    standin: false,
    database: fresh.as.site.db,
    github: createGitHub({
      addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
      oauthApp,
      log: (line) => logged.push(line),
      timeoutMs: 1_000,
    }),
    gistHosts: [new URL(origin).host],
    moderatorIds: new Set(moderators.map((login) => String(standinAccountId(login)))),
    sessionSecret: 'a secret for tests only, 32 characters',
    log: pino({ level: 'debug', ...ofRequests }, { write: (line) => logged.push(line) }),
    limiter: createLimiter(fresh.as.site.db, generousLimits, silent),
    load: null,
    isDraining: () => false,
  };
  const ask = (path: string, init?: RequestInit) =>
    dispatch(new Request(new URL(path, siteUrl), init), routes, runtime);
  const writeGist: World['writeGist'] = (login, name, files) => {
    const folder = join(gistsDir, login, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    return standinGistId(login, name);
  };
  let made = 0;
  return {
    runtime,
    database: fresh.db,
    site: fresh.as.site,
    jobs: fresh.as.jobs,
    standin,
    gistsDir,
    logged,
    everythingStored: () => everythingStored(fresh.db),
    ask,
    signIn: (login) => signIn(login, ask),
    writeGist,
    async submitNew(visitor) {
      const name = `new-${made++}`;
      const gistId = writeGist(visitor.login, name, { 'session.jsonl': `{"n":${made}}\n` });
      const { status, body } = await visitor.submit(gistId);
      if (status !== 201) throw new Error(`not submitted: ${status} ${body.code}`);
      return { gistId, revision: String(body.revision), name };
    },
    deleteGist(login, name) {
      rmSync(join(gistsDir, login, name), { recursive: true });
    },
    async close() {
      await standin.close();
      await fresh.close();
      rmSync(gistsDir, { recursive: true });
    },
  };
}

async function everythingStored(database: Database): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const stored: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query(`select to_json(t)::text as row from "${name}" t`);
    stored.push(...rows.map(({ row }) => String(row)));
  }
  return stored.join('\n');
}

async function signIn(login: string, ask: World['ask']): Promise<Visitor> {
  const start = await ask('/api/auth/signin');
  const browser = cookiePair(start);
  const back = await authorize(start, login);
  const done = await ask(back, { headers: { cookie: browser } });
  const cookie = cookiePair(done);
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie);
    return readAnswer(await ask(path, { ...init, headers }));
  };
  const post = (path: string, body: object = {}) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    login,
    cookie,
    get: (path) => send(path, {}),
    post,
    sendForm: (path, fields, from = siteUrl) =>
      ask(path, {
        method: 'POST',
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          origin: from,
          cookie,
        },
        body: new URLSearchParams(fields).toString(),
      }),
    submit: (gistId, changes) =>
      post('/api/submissions', { gist_url: gistId, license: 'CC0-1.0', attested: true, ...changes }),
    decide: (gistId, decision) => post(`/api/moderation/${gistId}`, decision),
  };
}

/** The first cookie an answer sets, as a browser would send it back. */
export function cookiePair(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** The notice an answer leaves for the next page, as that page reads it. */
export function noticeLeft(response: Response, runtime: Runtime): Notice | undefined {
  const cookie = response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  return takeNotice(new Request(siteUrl, { headers: { cookie } }), runtime)?.notice;
}

/** Goes to GitHub's sign-in page as this account; returns the address GitHub sends the browser back to. */
export async function authorize(start: Response, login: string): Promise<string> {
  const address = new URL(start.headers.get('location') ?? '');
  address.searchParams.set('login', login);
  const granted = await fetch(address, { redirect: 'manual' });
  return granted.headers.get('location') ?? '';
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
