import type { Alert } from './alert.ts';

export const label = 'alert';
/** By this we know our own issue among others with the label. */
const mark = '<!-- npm run watch -->';

export const isOurs = (body: string): boolean => body.includes(mark);

export function issueTitle(alerts: readonly Alert[]): string {
  const [first] = alerts;
  const more = alerts.length > 1 ? ` and ${alerts.length - 1} more` : '';
  return `Alert: ${first?.key ?? 'none'}${more}`;
}

/** What the issue says while something is wrong. */
export function issueBody(alerts: readonly Alert[], runbook: string): string {
  return [
    mark,
    'Somebody has to look at this. It is brought up to date every hour, and closed when all is well.',
    '',
    ...alerts.map(alertLine),
    '',
    `What to do about each: ${runbook}`,
    '',
  ].join('\n');
}

const alertLine = ({ key, sentence }: Alert): string => `- **${key}**: ${sentence}`;

/** The keys that an issue of ours tells of. */
function toldKeys(body: string): string[] {
  return [...body.matchAll(/^- \*\*([a-z]+)\*\*: /gm)].map(([, key = '']) => key);
}

/** What is said under it when something came to it; null when nothing did. */
export function newsText(before: string, alerts: readonly Alert[]): string | null {
  const told = toldKeys(before);
  const come = alerts.filter(({ key }) => !told.includes(key));
  return come.length === 0 ? null : ['Now also:', '', ...come.map(alertLine)].join('\n');
}

export const allWell = 'All is well again.';
