import type { Inspection } from '#domain/inspection.ts';
import { createGitHub, type GitHub } from '#github/client.ts';
import { type GistReading, readGist } from '#github/gists.ts';
import { standinGistId } from '#github/standin/ids.ts';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import { type GistInspection, inspectGist } from './inspect-gist.ts';

/** Looks like a token of GitHub's, and is none. */
export const fakeToken = ['ghp', 'R7tKq2WmZx9LbVc4NfYh8JdPsA3GuE5TiQ1o'].join('_');

interface Told {
  /** What the person types. */
  prompt?: string;
  /** Stands in the answer, its thinking, the tool call's arguments and the tool's result. */
  words?: string;
  session?: string;
  model?: string;
  tool?: string;
  version?: string;
  /** Names the subagent that wrote the file. */
  subagent?: string;
}

/** A session as Claude Code writes it: a prompt, thinking, a tool call with its result, an answer. */
export function claudeSession(told: Told = {}): string {
  const { prompt = 'Count the frogs.', words = 'frogs', session = 's1', model = 'claude-opus-4-5' } = told;
  const envelope = (type: string, number: number) => ({
    parentUuid: number === 1 ? null : `${session}-${number - 1}`,
    isSidechain: told.subagent !== undefined,
    ...(told.subagent === undefined ? {} : { agentId: told.subagent }),
    sessionId: session,
    version: told.version ?? '2.1.9',
    cwd: '/srv/pond',
    type,
    uuid: `${session}-${number}`,
    timestamp: `2026-02-01T10:00:0${number}.000Z`,
  });
  const usage = { input_tokens: 3, cache_read_input_tokens: 100, output_tokens: 7 };
  const answer = (number: number, block: object) => ({
    ...envelope('assistant', number),
    message: { id: `m-${session}-${number}`, role: 'assistant', model, content: [block], usage },
  });
  const call = {
    type: 'tool_use',
    id: `t-${session}`,
    name: told.tool ?? 'Read',
    input: { note: words, file_path: '/srv/pond/a.go' },
  };
  const result = { type: 'tool_result', tool_use_id: `t-${session}`, content: words };
  const records = [
    { ...envelope('user', 1), message: { role: 'user', content: prompt } },
    answer(2, { type: 'thinking', thinking: words, signature: 'c2ln' }),
    answer(3, call),
    {
      ...envelope('user', 4),
      message: { role: 'user', content: [result] },
      toolUseResult: { stdout: words },
    },
    answer(5, { type: 'text', text: words }),
  ];
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** A gist of the stand-in's, and what is asked and logged about it. */
export interface Pond {
  github: GitHub;
  /** Lines the client logged. */
  logged: string[];
  /** Paths of raw files asked for. */
  rawAsked(): string[];
  write(name: string, content: string | Buffer): void;
  setFaults(names: readonly string[]): void;
  read(): Promise<Extract<GistReading, { kind: 'gist' }>>;
  inspect(): Promise<GistInspection>;
  /** What `inspect` answers when all is well. */
  inspection(): Promise<Inspection>;
}

/** A gist with these files, on a stand-in that ends with the test. `.gist.json` holds its description. */
export async function gistOf(files: Record<string, string | Buffer>): Promise<Pond> {
  const { dir, write } = temporaryGists(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`ada/pond/${name}`, content])),
  );
  const { standin } = await runningStandin(dir);
  const { origin } = standin;
  const logged: string[] = [];
  const github = createGitHub({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: (line) => logged.push(line),
    // The machine may be busy; what is tested is never how long it takes.
    timeoutMs: 60_000,
  });
  const read: Pond['read'] = async () => {
    const answer = await readGist(github, standinGistId('ada', 'pond'));
    if (answer.kind !== 'gist') throw new Error(`the gist is ${answer.kind}`);
    return answer;
  };
  const inspect: Pond['inspect'] = async () => {
    const { gist, inline } = await read();
    return inspectGist(github, gist, inline);
  };
  return {
    github,
    logged,
    rawAsked: () => standin.requests.map(({ path }) => path).filter((path) => path.includes('/raw/')),
    write: (name, content) => write(`ada/pond/${name}`, content),
    setFaults: standin.setFaults,
    read,
    inspect,
    async inspection() {
      const made = await inspect();
      if (made.kind !== 'inspection') throw new Error(`the inspection is ${made.kind}`);
      return made.inspection;
    },
  };
}
