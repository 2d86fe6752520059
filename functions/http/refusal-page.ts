import { describeRefusal } from '#domain/refusal.ts';
import type { Refusal } from '#domain/result.ts';
import { refusalHeaders } from './respond.ts';

/** A refusal for a browser that has no page of ours to go to: the sentence, in a page that costs nothing to make. */
export function refusalPage({ code, details }: Refusal): Response {
  const { status, sentence } = describeRefusal(code, details);
  const headers = refusalHeaders(status, details);
  headers.set('content-type', 'text/html; charset=utf-8');
  return new Response(pageOf(sentence), { status, headers });
}

/** Sentences of this kind name nothing that somebody else wrote, and are escaped all the same. */
function pageOf(sentence: string): string {
  const text = sentence.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Not done – openagentsessions.org</title>
</head>
<body>
<main>
<h1>Not done</h1>
<p>${text}</p>
<p><a href="/">Home page</a></p>
</main>
</body>
</html>
`;
}
