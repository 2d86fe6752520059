import { z } from 'zod';
import { agentIds } from '#domain/transcript/agent.ts';
import { answers, problem } from './shapes.ts';

const parameters: Readonly<Record<string, object>> = {
  agent: { type: 'string', enum: agentIds },
  gist_id: { type: 'string', pattern: '^[0-9a-f]{20,40}$' },
};

/** The description of /api/v1/ by OpenAPI 3.1, of which JSON Schema 2020-12 is a part. https://spec.openapis.org/oas/v3.1.1.html */
export function openApi(site: URL): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Open Agent Sessions',
      version: '1.0.0',
      summary: 'The index for programs: static files, made with each snapshot',
      description:
        'No key, no sign-in, readable from other sites. Fields and files may be added within version 1. Whoever wants all rows takes the dataset.',
    },
    externalDocs: { url: new URL('/dataset', site).href },
    servers: [{ url: new URL('/api/v1', site).href }],
    paths: Object.fromEntries(answers.map((answer) => [`/${answer.path}`, { get: operation(answer) }])),
    components: {
      schemas: Object.fromEntries(
        [...answers, { name: 'Problem', shape: problem }].map(({ name, shape }) => [name, schemaOf(shape)]),
      ),
    },
  };
}

function operation({ path, name, says }: (typeof answers)[number]): object {
  const blanks = [...path.matchAll(/\{(\w+)\}/g)].map(([, blank = '']) => blank);
  const words = path.replace('.json', '').split(/\W+/).filter(Boolean);
  return {
    operationId: ['get', ...words].join('_'),
    summary: says,
    ...(blanks.length === 0
      ? {}
      : {
          parameters: blanks.map((blank) => ({
            name: blank,
            in: 'path',
            required: true,
            schema: parameters[blank],
          })),
        }),
    responses: {
      200: answerOf(says, 'application/json', name),
      404: answerOf('Nothing at this address', 'application/problem+json', 'Problem'),
      503: answerOf('Not readable just now', 'application/problem+json', 'Problem'),
    },
  };
}

function answerOf(description: string, type: string, schema: string): object {
  return { description, content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } };
}

function schemaOf(shape: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(shape);
  return schema;
}
