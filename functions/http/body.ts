import { ok, type Result, refuse } from '#domain/result.ts';

/** Largest request body, in bytes; the longest note is far smaller. */
const maxBodyBytes = 64 * 1024;

/**
 * Reads a JSON object or a form as named fields.
 * Refuses with `unsupported_media_type`, `body_too_large` or `bad_request`.
 */
export async function readFields(request: Request): Promise<Result<Record<string, unknown>>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes = await readBytes(request);
  if (bytes === null) return refuse('body_too_large', { limit: '64 KB' });
  if (bytes.length === 0) return ok({});
  if (type === 'application/json') return parseJson(bytes);
  if (type === 'application/x-www-form-urlencoded') {
    return ok(namedFields(new URLSearchParams(decode(bytes))));
  }
  if (type === 'multipart/form-data') return parseMultipart(request, bytes);
  return refuse('unsupported_media_type');
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length')) > maxBodyBytes) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function parseJson(bytes: Uint8Array): Result<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok({ ...value });
  } catch {
    // Answered like any other body that is no JSON object.
  }
  return refuse('bad_request', { problem: 'The body is not a JSON object.' });
}

/** A field that comes more than once is the list of its values. */
function namedFields(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const lists = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries(
    [...lists].map(([name, same]) => [
      name,
      same.length === 1 ? same[0]?.[1] : same.map(([, value]) => value),
    ]),
  );
}

async function parseMultipart(
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<Record<string, unknown>>> {
  try {
    const type = request.headers.get('content-type') ?? '';
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return ok(namedFields([...form].filter(([, value]) => typeof value === 'string')));
  } catch {
    return refuse('bad_request', { problem: 'The form could not be read.' });
  }
}
