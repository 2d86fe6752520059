import type { Card } from '../../browse/card.ts';
import { bytesText, countText } from '../../wording/figures.ts';
import { aboutText, agentText, sessionMarks, someNames } from '../../wording/session.ts';
import { dayText } from '../../wording/times.ts';
import { copyOf, part } from './part.ts';

/** The row of a session, as SessionList.astro writes it: a copy of a row that has every part, filled or taken out. */
export function rowOf(card: Card, full: HTMLTableRowElement): HTMLTableRowElement {
  const row = copyOf(full);
  const [, owner, agent, ...others] = row.cells;
  const [prompts, answers, calls, tokens, license, size, approved] = others;
  fillLink(row, `/sessions/${card.gist_id}`, card.title);
  fillName(part(row, '.about'), aboutText(card));
  fillMarks(part(row, 'ul'), card);
  if (owner) fillLink(owner, `/contributors/${card.gist_owner_id}`, card.gist_owner_login);

  const name = agentText(card);
  if (agent) {
    part(agent, 'bdi').textContent = name ?? 'not known';
    fillName(part(agent, '.model'), someNames(card.models, 2));
    if (name === null) agent.classList.add('unknown', 'quiet');
  }
  fillCount(prompts, card.user_messages, 'prompt');
  fillCount(answers, card.assistant_messages, 'answer');
  fillCount(calls, card.tool_calls, 'tool call');
  fillTokens(tokens, [card.input_tokens, card.output_tokens]);
  if (license) license.textContent = card.license;
  if (size) size.textContent = bytesText(card.total_bytes);
  const time = approved?.querySelector('time');
  if (time) {
    time.dateTime = card.approved_at;
    time.textContent = dayText(card.approved_at);
  }
  return row;
}

function fillLink(within: HTMLElement, address: string, words: string): void {
  const link = part<HTMLAnchorElement>(within, 'a');
  link.setAttribute('href', address);
  part(link, 'bdi').textContent = words;
}

function fillName(place: HTMLElement, words: string | null): void {
  if (words) part(place, 'bdi').textContent = words;
  else place.remove();
}

function fillMarks(list: HTMLElement, card: Card): void {
  const marks = sessionMarks(card).map(({ kind, word }) => {
    const mark = copyOf(part(list, `.${kind}`));
    if (mark.lastChild) mark.lastChild.textContent = word;
    return mark;
  });
  list.replaceChildren(...marks);
  if (marks.length === 0) list.remove();
}

function fillCount(cell: HTMLElement | undefined, count: number | null, noun: string): void {
  if (!cell) return;
  if (count === null) {
    fillUnknown(cell);
    return;
  }
  const unit = part(cell, '.unit');
  unit.textContent = ` ${noun}${count === 1 ? '' : 's'}`;
  cell.replaceChildren(countText(count), unit);
}

function fillTokens(cell: HTMLElement | undefined, counts: readonly (number | null)[]): void {
  if (!cell) return;
  if (counts.every((count) => count === null)) {
    fillUnknown(cell);
    return;
  }
  [...cell.children].forEach((place, at) => {
    const count = counts[at] ?? null;
    if (count === null) place.remove();
    else if (place.firstChild) place.firstChild.textContent = countText(count);
  });
}

function fillUnknown(cell: HTMLElement): void {
  cell.classList.add('unknown', 'quiet');
  cell.textContent = '–';
}
