import { claudeSession, declarationOf } from '../../functions/api/testing/sessions.ts';
import type { Chance } from './chance.ts';

/** In every word, address and token that must not get about. */
export const mark = 'kanarie';

/** A word that stands in one session only. */
const word = (chance: Chance) => `${mark}${chance.below(2 ** 31).toString(36)}`;
const mailAddress = (chance: Chance) => `${word(chance)}@kanarienpost.net`;
/** Looks like a token of GitHub's. */
const token = (chance: Chance) => `ghp_${`${word(chance)}R7tKq2WmZx9LbVc4NfYh8JdPsA3GuE5TiQ1o`.slice(0, 36)}`;

export type Ingredient = 'plain' | 'mail' | 'token';

/** The files of a session gist; none of its content may ever be found in what the index keeps. */
export function sessionFiles(chance: Chance, ingredient: Ingredient): Record<string, string> {
  const said = {
    plain: `Please look at ${word(chance)} first.`,
    mail: `Ask ${mailAddress(chance)} about ${word(chance)}.`,
    token: `Use ${token(chance)} to push ${word(chance)}.`,
  }[ingredient];
  const files: Record<string, string> = { 'session.jsonl': claudeSession(said) };
  if (chance.happens(0.2)) files['notes.md'] = `# Notes\n\n${word(chance)}\n`;
  if (chance.happens(0.2)) {
    files['openagentsessions.json'] = declarationOf({
      session: { topic: chance.pick(['tides', 'a parser, "quoted"', 'línea\u2028nueva']) },
      tags: ['tide-table', 'year'],
    });
  }
  return files;
}

/** What somebody writes above a gist. */
export function description(chance: Chance): string | null {
  const texts = [
    'Tides, from midnight',
    'A “quoted” title, \\ and / and <b>',
    'שעות הגאות',
    '🌊 tide table',
    null,
  ];
  // An address in it keeps the whole description out.
  return chance.happens(0.05) ? `Write to ${mailAddress(chance)}` : (chance.pick(texts) ?? null);
}
