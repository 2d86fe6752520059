import type { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import type { NoticeCode, ToldNotice } from '#domain/notice.ts';
import { type Result, refuse } from '#domain/result.ts';
import type { Runtime } from '#runtime/runtime.ts';

/** What every endpoint is asked with. */
interface Ask {
  request: Request;
  url: URL;
  /** Parts of the path named in braces in the route, `{gist_id}` for one. */
  params: Readonly<Record<string, string>>;
  runtime: Runtime;
}

/** A good answer to a program. A browser's form gets the page its endpoint names instead. */
export interface Reply {
  status: 200 | 201 | 204;
  body?: unknown;
  cookies?: string[];
}

/** For POSTs that a page's form sends: the page to show next, and what it says. */
interface FormPages<Input> {
  done: FormPage;
  /** Left out where the page itself shows what was done. */
  notice?: (input: Input, reply: Reply) => NoticeCode | ToldNotice;
  refused: FormPage;
}

/** A page of ours; which one may depend on the parts of the path, and on what was posted. */
export type FormPage =
  | string
  | ((posted: Pick<Ask, 'params' | 'runtime'> & { values: Readonly<Record<string, string>> }) => string);

interface Common<Input> {
  method: 'GET' | 'POST';
  /** The body's fields (POST) or the query's (GET). */
  input: z.ZodType<Input>;
  form?: FormPages<Input>;
  /** For addresses a browser is sent to: the page that tells when we cannot answer. They always answer 303. */
  navigation?: string;
  /** Points a write costs of its account's limit, 1 where left out; see `functions/domain/limits.ts`. */
  cost?: 1 | 2;
}
interface ForAnyone<Input> extends Common<Input> {
  who: 'anyone';
  answer(ask: Ask & { input: Input }): Promise<Result<Reply> | Response>;
}
interface ForMembers<Input> extends Common<Input> {
  who: 'member' | 'moderator';
  answer(ask: Ask & { input: Input; member: Member }): Promise<Result<Reply> | Response>;
}

export interface Outcome {
  result: Result<Reply> | Response;
  notice?: ToldNotice;
}

/** One verb of the API, as the table of routes holds it. */
export interface Endpoint {
  method: 'GET' | 'POST';
  form: { done: FormPage; refused: FormPage } | null;
  navigation: string | null;
  cost: 1 | 2;
  run(ask: Ask, asker: Asker): Promise<Outcome>;
}

/** Read only when an endpoint needs it: asking who it is costs a query, reading fields costs the body. */
export interface Asker {
  member(): Promise<Member | null>;
  /** Refuses who asks too often. */
  admit(): Promise<Result<null>>;
  fields(): Promise<Result<Record<string, unknown>>>;
}

/** Makes an endpoint. The order is always: who is it, is it too often, may they, what do they ask, do it. */
export function endpoint<Input>(definition: ForAnyone<Input> | ForMembers<Input>): Endpoint {
  return {
    method: definition.method,
    form: definition.form ?? null,
    navigation: definition.navigation ?? null,
    cost: definition.cost ?? 1,
    async run(ask, asker) {
      const member = definition.who === 'anyone' ? null : await asker.member();
      const admitted = await asker.admit();
      if (!admitted.ok) return { result: admitted };
      if (definition.who !== 'anyone' && !member) return { result: refuse('not_signed_in') };
      if (definition.who === 'moderator' && !member?.moderator) return { result: refuse('not_moderator') };

      const fields = await asker.fields();
      if (!fields.ok) return { result: fields };
      const parsed = definition.input.safeParse(fields.value);
      if (!parsed.success) return { result: refuse('bad_request', { problem: problem(parsed.error) }) };

      const full = { ...ask, input: parsed.data };
      const result =
        definition.who === 'anyone'
          ? await definition.answer(full)
          : member && (await definition.answer({ ...full, member }));
      if (!result) return { result: refuse('not_signed_in') };
      if (result instanceof Response || !result.ok) return { result };
      const told = definition.form?.notice?.(parsed.data, result.value);
      return { result, notice: typeof told === 'string' ? { code: told, details: {} } : told };
    },
  };
}

/** Names the first field that is wrong and how, never the value. */
function problem(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  return field === ''
    ? 'A field is not what it should be.'
    : `The field “${field}” is wrong: ${issue?.message}.`;
}
