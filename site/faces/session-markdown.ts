import { escapeMarkup } from '#domain/atom.ts';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { licenses } from '#domain/license.ts';
import { oneLine } from '#domain/one-line.ts';
import { bytesText } from '../wording/figures.ts';
import { agentText, countsText, sessionMarks, tokensText } from '../wording/session.ts';
import { pageMarkdown } from './markdown.ts';

/** A listed session in Markdown: what its page tells of it, without the session. `address` is the page's. */
export function sessionMarkdown(row: DatasetRow, address: URL): Promise<string> {
  const facts: [string, string | null][] = [
    ['Owner', link(`/contributors/${row.gist_owner_id}`, row.gist_owner_login)],
    ['Agent', text(agentText(row))],
    ['Format', text(row.format)],
    ['Models', list(row.models)],
    ['Counted', text(countsText(row))],
    ['Tokens', text(tokensText(row))],
    ['Tools', list(row.tool_names)],
    ['Languages', list(row.languages)],
    ['Recorded', text([row.started_at, row.ended_at].filter(Boolean).join(' to '))],
    ['Topic, by its owner', text(row.topic)],
    ['Tags, by its owner', list(row.tags)],
    ['Marks', list(sessionMarks(row).map(({ word }) => word))],
    ['Licence', link(licenses[row.license].url, row.license)],
    ['Size', text(bytesText(row.total_bytes))],
    ['Revision a moderator read', link(`${row.gist_url}/${row.gist_version}`, row.gist_version)],
    ['Approved', text(row.approved_at)],
    ['Scan', text(row.scan)],
    ['As JSON', link(`/api/v1/sessions/${row.gist_id}.json`, 'the row of the dataset')],
  ];
  const known = facts.filter((fact) => fact[1] !== null && fact[1] !== '');
  const files = row.files.map(
    (file) =>
      `<tr><td>${link(file.raw_url, file.name)}</td><td>${file.bytes}</td><td>${text(file.git_blob_sha)}</td></tr>`,
  );
  const html = `<main><h1>${text(row.title)}</h1>
<p>A coding-agent session in the index of ${link('/', 'Open Agent Sessions')}. The session itself is in its owner’s gist;
nothing here was written by this site but names of fields.</p>
<ul>${known.map(([name, value]) => `<li>${name}: ${value}</li>`).join('')}</ul>
<h2>Files</h2>
<table><thead><tr><th>File</th><th>Bytes</th><th>git_blob_sha</th></tr></thead><tbody>${files.join('')}</tbody></table>
</main>`;
  return pageMarkdown(html, address);
}

/** Somebody else's words for a place in HTML, in one line of bearable length. */
function text(words: string | null): string | null {
  return words === null ? null : escapeMarkup(oneLine(words, 500));
}

function list(words: readonly string[] | null): string | null {
  return words === null || words.length === 0 ? null : text(words.slice(0, 50).join(', '));
}

function link(address: string, words: string): string {
  return `<a href="${escapeMarkup(address)}">${text(words)}</a>`;
}
