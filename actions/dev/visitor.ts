/** Someone at a keyboard: signs in through the stand-in and keeps the cookies, without a browser. */
export interface Visitor {
  get(path: string): Promise<Response>;
  /** POSTs JSON, as a program of the visitor's would. */
  post(path: string, body: object): Promise<Response>;
}

/** Signs in at the site as this login of the stand-in, over the real sign-in flow. */
export async function signInAs(login: string, siteUrl: string): Promise<Visitor> {
  const cookies = new Map<string, string>();
  const go = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(address, siteUrl), { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      cookies.set(name, value.join('='));
    }
    return response;
  };

  const start = await go('/api/auth/signin');
  const authorize = new URL(start.headers.get('location') ?? '', siteUrl);
  authorize.searchParams.set('login', login);
  const granted = await fetch(authorize, { redirect: 'manual' });
  await go(granted.headers.get('location') ?? '');
  const me = await go('/api/me');
  if (me.status !== 200) throw new Error(`signing in as ${login} did not work: ${me.status}`);

  const accept = 'application/json';
  return {
    get: (path) => go(path, { headers: { accept } }),
    post: (path, body) =>
      go(path, {
        method: 'POST',
        headers: { accept, 'content-type': accept },
        body: JSON.stringify(body),
      }),
  };
}
