import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { describeNotice, isNoticeCode } from '#domain/notice.ts';
import { describeRefusal, isRefusalCode } from '#domain/refusal.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { clearCookie, readCookie, setCookie } from './cookie.ts';

/** What the last form post led to; a page shows it once. `values` fill the form in again. */
export interface Notice {
  kind: 'done' | 'refused';
  code: string;
  sentence: string;
  values: Record<string, string>;
}

const maxDetailLength = 500;
const maxNameLength = 40;
const maxValueLength = 2000;

const stored = z.object({
  code: z.string().max(maxNameLength),
  details: z.record(z.string().max(maxNameLength), z.union([z.string().max(maxDetailLength), z.number()])),
  values: z.record(z.string().max(maxNameLength), z.string().max(maxValueLength)),
});
type Stored = z.infer<typeof stored>;

/** A browser keeps no cookie above 4096 bytes. */
const maxCookieBytes = 3500;
/** Far more than a notice of ours holds, in bytes. */
const maxNoticeBytes = 64 * 1024;

/** The cookie that carries a notice to the next page; long form values are left out before it gets too large. */
export function sendNotice(notice: Stored, runtime: Runtime): string {
  const readable = cut(notice);
  const whole = encode(readable);
  const value = whole.length <= maxCookieBytes ? whole : encode({ ...readable, values: {} });
  return setCookie('notice', value, 120, runtime);
}

/** What the next page will take: long details are cut, over-long values left out. */
function cut({ code, details, values }: Stored): Stored {
  const short = Object.entries(details).map(([name, detail]) => [
    name,
    typeof detail === 'string' ? detail.slice(0, maxDetailLength) : detail,
  ]);
  const fitting = Object.entries(values).filter(
    ([name, value]) => name.length <= maxNameLength && value.length <= maxValueLength,
  );
  return { code, details: Object.fromEntries(short), values: Object.fromEntries(fitting) };
}

/** Deflated, so that a note of the longest kind fits, in scripts of three bytes a character too. */
const encode = (notice: Stored): string => deflateRawSync(JSON.stringify(notice)).toString('base64url');

/** The notice waiting for this browser, and the cookie that forgets it. */
export function takeNotice(request: Request, runtime: Runtime): { notice: Notice; cookie: string } | null {
  const cookie = readCookie(request, 'notice', runtime);
  const parsed = cookie === null ? null : stored.safeParse(parse(cookie));
  if (!parsed?.success) return null;
  const { code, details, values } = parsed.data;
  const taken = (kind: Notice['kind'], sentence: string) => ({
    notice: { kind, code, sentence, values },
    cookie: clearCookie('notice', runtime),
  });
  if (isRefusalCode(code)) return taken('refused', describeRefusal(code, details).sentence);
  if (!isNoticeCode(code)) return null;
  const failed = code.startsWith('sign_in') || (code === 'bulk' && details.approved === 0);
  return taken(failed ? 'refused' : 'done', describeNotice(code, details));
}

function parse(value: string): unknown {
  try {
    const inflated = inflateRawSync(Buffer.from(value, 'base64url'), { maxOutputLength: maxNoticeBytes });
    return JSON.parse(inflated.toString());
  } catch {
    return null;
  }
}
