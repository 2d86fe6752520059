import type { JobResult } from './job.ts';

/** A page of Markdown about what a job did: its own, or a table of its summary and its lines. */
export function resultPage(script: string, result: Extract<JobResult, { ok: true }>): string {
  const heading = `### ${plainMarkdown(script)}\n`;
  if (result.page !== undefined) return `${heading}\n${result.page.trim()}\n`;
  const rows = Object.entries(result.summary).flatMap(([name, value]) => {
    const text = cellText(value);
    return text === null ? [] : [`| ${plainMarkdown(nameText(name))} | ${plainMarkdown(text)} |`];
  });
  const table = rows.length === 0 ? [] : ['| | |', '|---|---|', ...rows, ''];
  return [heading, ...table, ...result.lines.map((line) => `- ${plainMarkdown(line)}`), ''].join('\n');
}

/** The page of a job that failed. */
export function failurePage(script: string, sentence: string): string {
  return `### ${plainMarkdown(script)} failed\n\n${plainMarkdown(sentence)}\n`;
}

/** Text as one line of Markdown that reads as it is written, whatever stands in it. Addresses become links. */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(/[\\`*[\]<>&|~#!$@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^[-+=]|^\d+(?=[.)](?: |$))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** `snapshot_id` as people write it. */
function nameText(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value for the table; null for what is no table's, such as a list. */
function cellText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    return value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  const counts = Object.entries(value);
  if (!counts.every(([, count]) => typeof count === 'number')) return null;
  return (
    counts.map(([name, count]) => `${cellText(count)} ${name.replaceAll('_', ' ')}`).join(', ') || 'none'
  );
}
