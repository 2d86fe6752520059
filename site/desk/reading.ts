import { readersText } from '../wording/readers.ts';
import { send } from './send.ts';

/** How often others are told that this case is open here, in ms; they forget it after a minute. */
const beat = 20_000;

let open: string | null = null;

/** From now on this case is open here, and the one before no more; null when none is. */
export function read(gistId: string | null): void {
  if (open === gistId) return;
  leave();
  open = gistId;
  void tellOthers();
}

/** Tells that nothing is open here any more. */
function leave(): void {
  if (open) void send(`/api/moderation/${open}/reading`, { done: true });
  open = null;
}

/** Keeps telling while the page is seen. */
export function startReading(): void {
  setInterval(tellOthers, beat);
  document.addEventListener('visibilitychange', tellOthers);
  addEventListener('pagehide', leave);
}

async function tellOthers(): Promise<void> {
  const told = open;
  if (told === null || document.visibilityState !== 'visible') return;
  const sent = await send(`/api/moderation/${told}/reading`, {});
  const line = document.querySelector(`[data-case="${CSS.escape(told)}"] [data-readers]`);
  if (sent.ok && line) line.textContent = readersText(readersOf(sent.body));
}

function readersOf(body: unknown): { login: string }[] {
  if (typeof body !== 'object' || body === null || !('readers' in body) || !Array.isArray(body.readers))
    return [];
  return body.readers.map((reader: { login?: unknown }) => ({ login: String(reader.login) }));
}
