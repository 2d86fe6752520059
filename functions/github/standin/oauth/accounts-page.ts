import type { Answer } from '../http/answer.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const listed = 200;

function page(title: string, main: string, status: number): Answer {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · GitHub stand-in</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; }
li { margin: 0.5rem 0; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${main}
</main>
</body>
</html>
`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  };
  return { status, headers, body };
}

/** The page that asks who signs in. `query` is the app's request; choosing repeats it with a login. */
export function accountsPage(accounts: readonly string[], query: URLSearchParams): Answer {
  const links = accounts.slice(0, listed).map((login) => {
    const search = new URLSearchParams(query);
    search.set('login', login);
    return `<li><a href="/login/oauth/authorize?${escapeHtml(search.toString())}">${escapeHtml(login)}</a></li>`;
  });
  const hidden = [...query]
    .filter(([name]) => name !== 'login')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  const main = `<p>This is not GitHub. It is the development stand-in on this machine: choose who signs in, no password
is asked.</p>
<ul>
${links.join('\n')}
</ul>
<form method="get" action="/login/oauth/authorize">
${hidden.join('\n')}
<label for="login">Another login</label>
<input id="login" name="login" required autocomplete="off">
<button>Sign in</button>
</form>`;
  return page('Choose an account', main, 200);
}

/** A page that says in a sentence why nobody can sign in. */
export function oauthErrorPage(status: number, sentence: string): Answer {
  return page('Sign-in is not possible', `<p>${escapeHtml(sentence)}</p>`, status);
}
