import { columns } from './parquet-schema.ts';

/**
 * Cards of the folders, by which Hugging Face's `load_dataset` and viewer know them:
 * https://huggingface.co/docs/hub/datasets-cards
 */
const head = (config: string) => `---
license: other
license_name: per-session
tags:
- agent-traces
- coding-agent
- tool-use
${config}---

`;

const provenance = `Each session says where it is from (\`gist_id\`, \`gist_version\`, \`file\`) and its licence. When a gist is
removed from the index, delete what has its \`gist_id\`. \`dropped*.ndjson\` has a line a session with what this format could
not hold, and a line for each gist in which no session was recognised.
`;

const numbers =
  'A message that is no prompt and no answer is not among `user_messages` and `assistant_messages`';

export const messagesCard = `${head(`configs:
- config_name: default
  data_files: messages*.jsonl
dataset_info:
  features:
${chatFeatures()}`)}# Sessions as chat messages

A conversation a line, in the shape of OpenAI's chat completions; a subagent's is a line of its own (\`subagent\`). All
branches of a session are in it, in the order of the file (\`branches\` says how often it went back).

${numbers}: it has a \`name\` (\`command\`, \`context\`, \`compaction\`, \`task\`, \`uncounted\`), or, of an assistant that only
calls tools, a \`content\` of null. Tool calls are the different ids of a file, those that begin with \`uncounted-\` aside.

${provenance}`;

export const stsCard = `${head(`configs:
- config_name: default
  data_files: '*/*.jsonl'
`)}# Sessions in STS-Format

A conversation a file; a subagent's is a file of its own, which its first line tells (\`subagent\`).

${numbers}: it is \`system\` with a \`purpose\` (\`command\`, \`context\`, \`compaction\`), has \`uncounted\`, or is what an agent
asked its subagent.

${provenance}`;

export const parquetCard = `${head(`configs:
- config_name: default
  data_files: sessions*.parquet
`)}# Sessions as rows

A session a row. \`messages\` are those of the main conversation, then each subagent's (\`subagent\`), with all that is
known of them. ${numbers}: it is not \`counted\`.

${provenance}`;

/** The features of a chat record as a card lists them; JSON lines leave out what a message does not have. */
function chatFeatures(): string {
  const types = { text: 'string', number: 'int64', flag: 'bool' } as const;
  const fields = Object.entries(columns).map(([name, kind]) => {
    if (kind === 'texts') return `  - name: ${name}\n    list: string\n`;
    return kind === 'messages' ? '' : `  - name: ${name}\n    dtype: ${types[kind]}\n`;
  });
  const text = (name: string, indent: string) => `${indent}- name: ${name}\n${indent}  dtype: string\n`;
  const deep = ' '.repeat(6);
  return [
    '  - name: messages\n    list:\n',
    ...['role', 'content', 'name', 'reasoning_content', 'tool_call_id'].map((name) => text(name, '    ')),
    '    - name: tool_calls\n      list:\n',
    ...['id', 'type'].map((name) => text(name, deep)),
    `${deep}- name: function\n${deep}  struct:\n`,
    ...['name', 'arguments'].map((name) => text(name, `${deep}  `)),
    ...fields,
    text('subagent', '  '),
  ].join('');
}
