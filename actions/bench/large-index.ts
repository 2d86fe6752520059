import { createHash } from 'node:crypto';
import { datasetRow } from '#domain/dataset-row.ts';

/** Words of titles, more frequent ones first, as sessions are named: a verb, what it is done to, where. */
const verbs =
  'fix add refactor port debug write remove update migrate test review optimise explain document rename'.split(
    ' ',
  );
const things =
  'parser test build cache login migration layout import query worker renderer scheduler tokenizer header upload index form router timeout retry lexer buffer socket schema workflow container release sidebar shader allocator debouncer interpolation'.split(
    ' ',
  );
const places =
  'api cli website backend frontend editor compiler database dashboard pipeline plugin library notebook kernel emulator firmware simulator spreadsheet observatory'.split(
    ' ',
  );
const agents: readonly (readonly [string | null, number])[] = [
  ['claude-code', 46],
  ['codex', 24],
  ['opencode', 8],
  ['gemini-cli', 7],
  ['pi', 5],
  ['cursor', 4],
  ['aider', 2],
  ['goose', 1],
  [null, 3],
];
const models: readonly (readonly [string, number])[] = [
  ['claude-sonnet-4-5-20250929', 34],
  ['gpt-5.2-codex', 22],
  ['claude-opus-4-5-20251101', 14],
  ['gemini-3-pro', 9],
  ['glm-4.7', 6],
  ['qwen3-coder-480b', 5],
  ['kimi-k2-thinking', 4],
  ['deepseek-v3.2', 3],
  ['gpt-oss-120b', 2],
  ['minimax-m2', 1],
];
const languages: readonly (readonly [string, number])[] = [
  ['TypeScript', 28],
  ['Python', 27],
  ['Rust', 12],
  ['Go', 10],
  ['C++', 6],
  ['Java', 6],
  ['Shell', 5],
  ['Ruby', 3],
  ['Zig', 1],
  ['Haskell', 1],
  ['OCaml', 1],
];
const licenses: readonly (readonly [string, number])[] = [
  ['CC0-1.0', 45],
  ['CC-BY-4.0', 25],
  ['MIT', 18],
  ['Apache-2.0', 8],
  ['ODC-By-1.0', 4],
];
const tags = 'testing refactoring performance security accessibility documentation ci legacy wasm gpu'.split(
  ' ',
);

/**
 * Lines of a submissions.ndjson of `count` made-up sessions, newest approval first, about 1.6 kB each, for measuring. The same
 * count gives the same lines. Values are as unevenly spread as an index's are: a few agents and words are most of it, and each
 * title ends in a word of its own.
 */
export function* largeIndex(count: number): Generator<string> {
  let state = 20_260_712;
  const chance = () => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator, the parameters of Numerical Recipes
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const even = (list: readonly string[]) => list[Math.floor(chance() * list.length)] ?? '';
  // The first of a list come far more often than the last.
  const uneven = (list: readonly string[]) => list[Math.floor(chance() ** 3 * list.length)] ?? '';
  const weighted = <Value>(list: readonly (readonly [Value, number])[]): Value => {
    let left = chance() * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    throw new Error('an empty list');
  };
  const newest = Date.UTC(2026, 10, 22);
  const owners = Math.max(3, Math.floor(count / 40));

  for (let n = 0; n < count; n += 1) {
    const hash = createHash('sha256').update(`${n} of ${count}`).digest('hex');
    const gistId = hash.slice(0, 32);
    const revision = hash.slice(16, 56);
    const owner = Math.floor(chance() ** 2 * owners);
    const login = `contributor-${owner}`;
    const approved = newest - n * Math.min(60_000, 4e10 / count);
    const time = (shift: number) => new Date(approved - shift).toISOString();
    const agent = weighted(agents);
    const known = agent !== null;
    const bytes = 4_000 + Math.floor(chance() ** 4 * 9_000_000);
    const name = 'session.jsonl';
    const blob = hash.slice(24, 64);
    yield JSON.stringify(
      datasetRow.decode({
        gist_id: gistId,
        gist_url: `https://gist.github.com/${login}/${gistId}`,
        gist_owner_id: String(10_000 + owner),
        gist_owner_login: login,
        gist_version: revision,
        gist_updated_at: time(8_000_000),
        submitted_at: time(7_200_000),
        approved_at: time(0),
        source: 'github_gist',
        license: weighted(licenses) as 'MIT',
        record_id: `github_gist:${gistId}`,
        seq: 2 * (count - n),
        title: `${uneven(verbs)} the ${uneven(things)} of the ${uneven(places)} ${hash.slice(0, 7)}`,
        topic: chance() < 0.3 ? `${uneven(things)} and ${even(things)}` : null,
        tags: [...new Set([uneven(tags), uneven(tags)])].slice(0, Math.floor(chance() * 3)),
        files: [
          {
            name,
            bytes,
            git_blob_sha: blob,
            raw_url: `https://gist.githubusercontent.com/${login}/${gistId}/raw/${blob}/${name}`,
          },
        ],
        total_bytes: bytes,
        agent: agent as 'codex' | null,
        agent_version: known ? `2.${n % 9}.${n % 140}` : null,
        format: agent,
        session_ids: known ? [hash.slice(0, 36)] : null,
        models: known ? [weighted(models)] : null,
        started_at: known ? time(90_000_000) : null,
        ended_at: known ? time(80_000_000) : null,
        user_messages: known ? 1 + Math.floor(chance() ** 3 * 60) : null,
        assistant_messages: known ? 2 + Math.floor(chance() ** 4 * 900) : null,
        tool_calls: known ? Math.floor(chance() ** 4 * 1_500) : null,
        tool_names: known ? ['Bash', 'Edit', 'Read'] : null,
        input_tokens: known ? 10_000 + Math.floor(chance() ** 4 * 50_000_000) : null,
        output_tokens: known ? 500 + Math.floor(chance() ** 4 * 400_000) : null,
        languages: known ? [...new Set([weighted(languages), weighted(languages)])] : null,
        license_declared_by: 'contributor',
        attestation_version: '2026-11-22',
        scanner_version: '3+secretlint-13.0.7',
        scan: chance() < 0.8 ? 'clean' : 'reviewed',
        first_prompt_present: known ? chance() < 0.93 : null,
        tool_calls_paired: known ? chance() < 0.9 : null,
        truncated: known ? chance() < 0.06 : null,
        has_thinking: known ? chance() < 0.5 : null,
        has_subagents: known ? chance() < 0.15 : null,
        redactions: known ? Math.floor(chance() ** 5 * 9) : null,
        content_key: hash,
      }),
    );
  }
}
