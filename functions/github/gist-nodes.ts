import { z } from 'zod';
import { boundFetch, type GitHubReader } from './client.ts';
import { type Failure, waitSeconds, whyRefused } from './failure.ts';

/** What GraphQL tells of a gist: cheap, and not enough to know its head revision by. */
interface GistNode {
  kind: 'gist';
  pushedAt: Date | null;
  public: boolean;
  fork: boolean;
  /** `id` is GitHub's numeric account id, as a string; null when GitHub names none. */
  owner: { id: string; login: string } | null;
}

/** `hidden`: GitHub says that it does not show it, which is a hint alone. `unknown`: it says nothing. */
type NodeReading = GistNode | { kind: 'hidden' } | { kind: 'unknown' };

/** A reading a node id, in the order asked for; or why there is none at all. */
export type NodesReading = { kind: 'nodes'; nodes: NodeReading[] } | Exclude<Failure, { kind: 'missing' }>;

/** GitHub takes no more ids in a query. */
export const maxNodes = 100;

const query = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Gist {
      pushedAt isPublic isFork
      owner { login ... on User { databaseId } ... on Organization { databaseId } }
    }
  }
}`;

const answer = z.object({
  data: z.object({ nodes: z.array(z.unknown()) }).nullish(),
  errors: z
    .array(
      z.object({
        type: z.string().nullish(),
        path: z.array(z.union([z.string(), z.number()])).nullish(),
        message: z.string().nullish(),
      }),
    )
    .nullish(),
});
type Errors = NonNullable<z.infer<typeof answer>['errors']>;

const named = z.object({ id: z.string() });
const gistNode = z
  .object({
    pushedAt: z.iso.datetime({ offset: true }).nullable(),
    isPublic: z.boolean(),
    isFork: z.boolean(),
    owner: z
      .object({ login: z.string().min(1).max(100), databaseId: z.int().positive().nullish() })
      .nullable(),
  })
  .transform(({ pushedAt, isPublic, isFork, owner }): GistNode => {
    const id = owner?.databaseId;
    return {
      kind: 'gist',
      pushedAt: pushedAt === null ? null : new Date(pushedAt),
      public: isPublic,
      fork: isFork,
      owner: owner && id ? { id: String(id), login: owner.login } : null,
    };
  });

/** Asks for up to 100 gists by their node ids. Never throws for what GitHub answers. */
export async function readGistNodes(
  { options, authorization }: GitHubReader,
  nodeIds: readonly string[],
): Promise<NodesReading> {
  const unavailable = (why: string): NodesReading => {
    options.log(`gist nodes not read: ${why}`);
    return { kind: 'unavailable', retryAfter: 60, why };
  };
  let response: Response;
  let text: string;
  try {
    response = await boundFetch(options, () => {})(options.addresses.graphqlUrl, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'user-agent': 'openagentsessions.org' },
      body: JSON.stringify({ query, variables: { ids: nodeIds } }),
    });
    text = await response.text();
  } catch (error) {
    return unavailable(error instanceof Error ? error.name : 'unknown');
  }
  const headers = Object.fromEntries(response.headers);
  const parsed = answer.safeParse(json(text));
  const errors = parsed.data?.errors ?? [];
  if (isLimited(response.status, headers, errors)) {
    return { kind: 'rate_limited', retryAfter: waitSeconds(headers) };
  }
  const refused = whyRefused(response.status, json(text)) ?? errors.map(refusal).find((why) => why !== null);
  if (refused) return { kind: 'unavailable', retryAfter: 60, why: `status ${response.status}`, refused };
  if (response.status !== 200) return unavailable(`status ${response.status}`);
  if (!parsed.success || !parsed.data.data) return unavailable('an answer without nodes');
  const { nodes } = parsed.data.data;
  if (nodes.length !== nodeIds.length) return unavailable('another number of nodes');
  const isAnother = (node: unknown, i: number) =>
    node !== null && named.safeParse(node).data?.id !== nodeIds[i];
  if (nodes.some(isAnother)) return unavailable('other nodes than asked for');
  return { kind: 'nodes', nodes: nodes.map((node, i) => readNode(node, i, errors)) };
}

function readNode(node: unknown, place: number, errors: Errors): NodeReading {
  if (node !== null) return gistNode.safeParse(node).data ?? { kind: 'unknown' };
  const said = errors.find(({ path }) => path?.length === 2 && path[0] === 'nodes' && path[1] === place);
  const hidden = said?.type === 'NOT_FOUND' || said?.type === 'FORBIDDEN';
  return { kind: hidden ? 'hidden' : 'unknown' };
}

/** GraphQL says with status 200, too, that the hour is used up. */
function isLimited(status: number, headers: Record<string, string>, errors: Errors): boolean {
  if (errors.some(({ type }) => type === 'RATE_LIMITED' || type === 'RATE_LIMIT')) return true;
  const told =
    status === 429 || headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
  return (status === 403 || status === 429) && told;
}

const refusal = ({ message }: Errors[number]) => whyRefused(403, { message: message ?? '' });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
