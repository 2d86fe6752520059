/**
 * A program for the machine of a rehearsal: a contributor gives a gist over the site's own address, and a moderator reads
 * and approves it. Prints what the site answers.
 *
 *   node testing-people.ts SITE_URL LOGIN GIST_ID
 */
export {};

const [siteUrl = '', login = '', gistId = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Sends as whoever has this cookie. */
async function ask(path: string, cookie: string, body?: object): Promise<Response> {
  const headers = { cookie, accept: 'application/json', 'content-type': 'application/json' };
  const address = new URL(path, siteUrl);
  if (body === undefined) return fetch(address, { headers: { cookie }, redirect: 'manual' });
  return fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
}

const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

async function signIn(as: string): Promise<string> {
  const start = await ask('/api/auth/signin', '');
  const github = new URL(start.headers.get('location') ?? '');
  github.searchParams.set('login', as);
  const granted = await fetch(github, { redirect: 'manual' });
  return cookieOf(await ask(granted.headers.get('location') ?? '', cookieOf(start)));
}

async function tell(what: string, answer: Response): Promise<Record<string, unknown>> {
  const body = await answer.json();
  say(`${what}: ${answer.status} ${JSON.stringify(body)}`);
  if (!answer.ok) process.exit(1);
  return body;
}

const contributor = await signIn(login);
const given = { gist_url: gistId, license: 'CC0-1.0', attested: true };
const { revision } = await tell('submitted', await ask('/api/submissions', contributor, given));
const decision = { decision: 'approve', revision };
await tell('approved', await ask(`/api/moderation/${gistId}`, await signIn('moderator'), decision));
