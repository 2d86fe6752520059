import { GraphQLError, graphql } from 'graphql';
import { z } from 'zod';
import { githubTime } from '../gists/gist-answer.ts';
import { type Answer, failure, json } from '../http/answer.ts';
import { type Asked, readJson } from '../http/asked.ts';
import { gistIdOfNodeId } from '../ids.ts';
import type { World } from '../world.ts';
import { gistNode, userNode } from './gist-node.ts';
import { schema } from './schema.ts';

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const mostIds = 100;

function problem(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function findNode(world: World, nodeId: string) {
  const id = gistIdOfNodeId(nodeId);
  const hidden = world.faults.active('missing_all', 'graphql');
  const gist = id === undefined || hidden ? undefined : world.gists.find(id);
  if (!gist || gist.nodeId !== nodeId) {
    return problem('NOT_FOUND', `Could not resolve to a node with the global id of '${nodeId}'`);
  }
  if (gist.settings.blocked !== null) return problem('FORBIDDEN', 'Gist access blocked');
  return gistNode(gist, world);
}

/** What the query's top fields answer. An error in a list stands for `null` in that place. */
function createRoot(world: World, asked: Asked) {
  const partial = world.faults.active('graphql_partial', 'graphql');
  const counted = { nodes: 0 };
  return {
    node: ({ id }: { id: string }) => findNode(world, id),
    nodes: ({ ids }: { ids: string[] }) => {
      if (ids.length > mostIds) {
        const message = `You may not provide more than ${mostIds} node ids; you provided ${ids.length}.`;
        throw problem('ARGUMENT_LIMIT', message);
      }
      counted.nodes += ids.length;
      return ids.map((id, index) =>
        partial && index % 2 === 1
          ? problem('INTERNAL', 'Something went wrong while executing your query.')
          : findNode(world, id),
      );
    },
    rateLimit: () => {
      const standing = asked.standing;
      if (!standing) return null;
      const { limit, remaining, used, reset } = standing;
      return { cost: 1, limit, remaining, used, resetAt: githubTime(reset * 1000), nodeCount: counted.nodes };
    },
    viewer: () => {
      const login = asked.credential.kind === 'token' ? asked.credential.login : null;
      return login === null
        ? problem('FORBIDDEN', 'Resource not accessible by this credential')
        : userNode(login, world);
    },
  };
}

function githubError(error: GraphQLError) {
  const { type } = error.extensions;
  const { message, path, locations } = error;
  return { ...(typeof type === 'string' ? { type } : {}), ...(path ? { path } : {}), locations, message };
}

/** POST /graphql: 200 whatever the query comes to, as GitHub does; 401 without a credential. */
export async function answerQuery(world: World, asked: Asked): Promise<Answer> {
  if (asked.credential.kind === 'none') {
    return failure(401, 'This endpoint requires you to be authenticated.');
  }
  const parsed = request.safeParse(await readJson(asked.stream));
  if (!parsed.success) return failure(400, 'Problems parsing JSON');
  const { query, variables, operationName } = parsed.data;
  const result = await graphql({
    schema,
    source: query,
    rootValue: createRoot(world, asked),
    variableValues: variables,
    operationName,
  });
  const errors = result.errors?.map(githubError);
  return json({ ...(result.data === undefined ? {} : { data: result.data }), ...(errors ? { errors } : {}) });
}
