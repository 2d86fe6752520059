/** A tool call the model wrote as XML. */
interface WrittenCall {
  name: string;
  input: Record<string, string>;
}

/** Tools of Cline, Roo Code and Kilo Code, as their models write them. */
const toolNames = [
  'access_mcp_resource',
  'apply_diff',
  'ask_followup_question',
  'attempt_completion',
  'browser_action',
  'codebase_search',
  'condense',
  'edit_file',
  'execute_command',
  'fetch_instructions',
  'generate_image',
  'insert_content',
  'list_code_definition_names',
  'list_files',
  'load_mcp_documentation',
  'new_rule',
  'new_task',
  'plan_mode_respond',
  'read_file',
  'replace_in_file',
  'run_slash_command',
  'search_and_replace',
  'search_files',
  'switch_mode',
  'update_todo_list',
  'use_mcp_tool',
  'web_fetch',
  'write_to_file',
];
const element = new RegExp(`^[ \\t]{0,8}<(thinking|${toolNames.join('|')})>`, 'gm');
const parameter = /<([a-z_]{1,40})>/g;

/** Values that are whole files, and may hold the very tags they stand between. */
const longValues = new Set(['content', 'diff']);

/**
 * Takes apart what a model wrote: its words, what it thought, and the tool calls it wrote as XML. The tool that ends a
 * task only has words.
 */
export function takeApart(written: string): { words: string; thinking: string[]; calls: WrittenCall[] } {
  const words: string[] = [];
  const thinking: string[] = [];
  const calls: WrittenCall[] = [];
  let start = 0;
  element.lastIndex = 0;
  for (let found = element.exec(written); found; found = element.exec(written)) {
    const name = found[1] ?? '';
    const inner = inside(written, element.lastIndex, name, false);
    words.push(written.slice(start, found.index));
    start = inner.next;
    element.lastIndex = start;
    if (name === 'thinking') thinking.push(inner.value.trim());
    else if (name === 'attempt_completion') words.push(parameters(inner.value).result ?? '');
    else calls.push({ name, input: parameters(inner.value) });
  }
  words.push(written.slice(start));
  return { words: words.join('').trim(), thinking, calls };
}

function parameters(inner: string): Record<string, string> {
  const input: Record<string, string> = {};
  parameter.lastIndex = 0;
  for (let found = parameter.exec(inner); found; found = parameter.exec(inner)) {
    const name = found[1] ?? '';
    const { value, next } = inside(inner, parameter.lastIndex, name, longValues.has(name));
    input[name] = value.trim();
    parameter.lastIndex = next;
  }
  return input;
}

/** What stands from `start` until an element's end, its last one for long values; an element nobody ended takes the rest. */
function inside(text: string, start: number, name: string, long: boolean): { value: string; next: number } {
  const close = `</${name}>`;
  const end = long ? text.lastIndexOf(close) : text.indexOf(close, start);
  if (end < start) return { value: text.slice(start), next: text.length };
  return { value: text.slice(start, end), next: end + close.length };
}

const typed = /^<(task|feedback|user_message|answer)>/gm;

/** What a person typed among the text the extension sends in the user's name. */
export function typedIn(sent: string): string[] {
  const found: string[] = [];
  typed.lastIndex = 0;
  for (let tag = typed.exec(sent); tag; tag = typed.exec(sent)) {
    const { value, next } = inside(sent, typed.lastIndex, tag[1] ?? '', false);
    found.push(value.trim());
    typed.lastIndex = next;
  }
  return found;
}

const resultHeading = /^\[[a-z_]{3,40}(?: [^\n]{0,2000})?\] Result:[ \t]*\n?/;

/** The result of a tool, where a text begins with its heading; undefined otherwise. */
export function resultIn(sent: string): string | undefined {
  const heading = resultHeading.exec(sent.slice(0, 3000));
  return heading ? sent.slice(heading[0].length) : undefined;
}

const environment = '<environment_details>';

/** Takes what the extension tells of the editor off a text it sends; undefined where it tells nothing. */
export function splitEnvironment(sent: string): { rest: string; environment: string | undefined } {
  const start = sent.lastIndexOf(environment);
  if (start < 0) return { rest: sent, environment: undefined };
  const { value, next } = inside(sent, start + environment.length, 'environment_details', false);
  return { rest: sent.slice(0, start) + sent.slice(next), environment: value.trim() };
}
