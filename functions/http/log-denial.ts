import type { Member } from '#domain/account-session.ts';
import { describeRefusal } from '#domain/refusal.ts';
import type { Refusal } from '#domain/result.ts';
import { currentAsked } from '#runtime/asked.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { clientKey } from './client-key.ts';

interface Denied {
  method: string;
  route: string;
  params: Readonly<Record<string, string>>;
  member: Member | null;
}

/**
 * Who was denied what, so that an operator sees somebody trying doors: an account, or the key that stands for an address
 * that day. Nothing that was asked with is written down but the id of a gist.
 */
export function logDenial(
  { code, details }: Refusal,
  { method, route, params, member }: Denied,
  runtime: Runtime,
): void {
  const { status } = describeRefusal(code, details);
  if (![401, 403, 429].includes(status)) return;
  const { gist_id: gistId = '' } = params;
  const address = currentAsked()?.client ?? null;
  const denied = {
    code,
    method,
    route,
    ...(/^[0-9a-f]{1,64}$/.test(gistId) ? { gist_id: gistId } : {}),
    account_id: member?.accountId ?? null,
    client: address === null ? null : clientKey(address, runtime.sessionSecret),
  };
  runtime.log.info(denied, 'refused');
}
