import { forget } from './drafts.ts';
import { rowOf, tell } from './rows.ts';
import { say } from './say.ts';
import { send } from './send.ts';

/** How long a decision can be undone, in ms. Undone means that it was never sent: the log knows no way back. */
const holding = 10_000;

/** What a moderator wants done about one submission. */
export interface Step {
  gistId: string;
  title: string;
  /** As it is said while it is held, and when it was done: Approving, Approved. */
  doing: string;
  done: string;
  path: string;
  body: object;
}
interface Held extends Step {
  due: number;
}

const held: Held[] = [];
let ticking: ReturnType<typeof setInterval> | undefined;

/** Holds a step, and sends it when its time is over. */
export function hold(step: Step): void {
  held.push({ ...step, due: Date.now() + holding });
  ticking ??= setInterval(tick, 1000);
  tick();
}

/** Is something held about this gist? */
export function isHeld(gistId: string): boolean {
  return held.some((step) => step.gistId === gistId);
}

/** Takes back the step held last, or the one about this gist. Returns it; null where nothing is held. */
export function undo(gistId?: string): Step | null {
  const at = held.findLastIndex((step) => gistId === undefined || step.gistId === gistId);
  const [step] = at < 0 ? [] : held.splice(at, 1);
  const row = step && rowOf(step.gistId);
  if (row) tell(row, []);
  return step ?? null;
}

/** Sends what is held, at once: the page is being left. */
export function sendAll(): void {
  for (const step of held.splice(0)) void send(step.path, step.body);
}

function tick(): void {
  const now = Date.now();
  for (const step of held.filter(({ due }) => due <= now)) {
    held.splice(held.indexOf(step), 1);
    void carryOut(step);
  }
  for (const step of held) count(step, Math.ceil((step.due - now) / 1000));
  if (held.length > 0) return;
  clearInterval(ticking);
  ticking = undefined;
}

function count(step: Step, seconds: number): void {
  const row = rowOf(step.gistId);
  if (!row) return;
  const words = `${step.doing}, ${seconds} s. `;
  const shown = row.querySelector('[data-outcome] span');
  // The button stays the same one, for who is about to press it.
  if (shown && row.dataset.state === 'held') shown.textContent = words;
  else tell(row, [text(words), undoButton(step.title)], 'held');
}

async function carryOut(step: Step): Promise<void> {
  const row = rowOf(step.gistId);
  if (row) tell(row, [text(`${step.doing} …`)], 'done');
  const sent = await send(step.path, step.body);
  if (sent.ok) forget(step.gistId);
  const outcome = sent.ok ? step.done : `Not done. ${sent.sentence}`;
  if (row) tell(row, [text(outcome)], sent.ok ? 'done' : undefined);
  if (!sent.ok) say(`${step.title}: ${outcome}`);
  document.dispatchEvent(new CustomEvent('desk:sent', { detail: { gistId: step.gistId, ok: sent.ok } }));
}

function text(words: string): HTMLElement {
  const span = document.createElement('span');
  span.textContent = words;
  return span;
}

function undoButton(title: string): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.undo = '';
  button.textContent = 'Undo (z)';
  button.ariaLabel = `Undo (z): ${title}`;
  return button;
}
