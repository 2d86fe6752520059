import { Command, Option } from 'commander';
import { FlagError, type Flags, pick } from '../flags.ts';
import type { JobResult } from '../job.ts';
import { hydrate } from './hydrate.ts';
import { inspect } from './inspect.ts';
import { pull } from './pull.ts';
import { purge } from './purge.ts';
import { stats } from './stats.ts';
import type { Verb, VerbCall } from './verb.ts';
import { verify } from './verify.ts';

export const commandName = 'openagentsessions';

/** What a command is given besides its flags. */
type Surroundings = Omit<VerbCall<Flags>, 'flags' | 'operands' | 'json'>;

/** Runs what was chosen; `act` does it, and `json` says how its result is to be told. */
export type Perform = (act: (around: Surroundings) => Promise<JobResult>, json: boolean) => Promise<void>;

interface Output {
  out(text: string): void;
  error(text: string): void;
}

const description =
  'From pointers to a training set: fetches the published index of coding-agent sessions, and of those you choose the files at GitHub, each checked against the index; takes out again what was removed.';

const environment = `Environment:
  DATASET_ADDRESS   where snapshots are published, as --from
  GIST_RAW_URL      where gists' files are read, as --raw-host
  GITHUB_API_URL    GitHub's API, asked about gists whose files are not there
  GITHUB_API_TOKEN  a token without any permission, to ask it more often

COMMAND --help tells a command's flags and exit codes. Nothing is sent anywhere
but the requests for what is fetched.`;

/** The command line: its commands with their flags, each of which ends in a call of `perform`. */
export function openProgram(version: string, perform: Perform, output: Output): Command {
  const program = new Command(commandName)
    .description(description)
    .usage('COMMAND [flags]')
    .version(version, '-v, --version', 'Print the version and end')
    .helpOption('-h, --help', 'Print this and end')
    .helpCommand('help [COMMAND]', 'print what a command does, and its flags')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.error, outputError: () => undefined })
    .configureHelp({
      optionTerm: ({ flags }) => flags.replace(/[<>]/g, ''),
      subcommandTerm: (command) => command.name(),
      styleTitle: (title) => title.replace('Options', 'Flags'),
    })
    .addHelpText('after', `\n${environment}`);

  const add = <F extends Flags>(verb: Verb<F>) => {
    const command = program
      .command(verb.name)
      .summary(verb.summary)
      .description(verb.description)
      .usage(`[flags]${verb.operands === undefined ? '' : ` ${verb.operands}`}`)
      .addHelpText('after', `\nExit codes:\n${verb.exits.map((code) => `  ${code}`).join('\n')}`);
    if (verb.operands !== undefined) command.argument('[operands...]');
    const all = { ...verb.flags, ...jsonFlag };
    const options = Object.entries(all).map(([name, flag]) => optionOf(name, flag));
    for (const option of options) command.addOption(option);
    command.action(() => {
      const given = Object.fromEntries(
        options.map((option) => [option.name(), command.getOptionValue(option.attributeName())]),
      );
      const { json } = pick(given, jsonFlag);
      const flags = pick(given, verb.flags);
      return perform((around) => verb.run({ ...around, flags, operands: command.args, json }), json);
    });
  };
  add(pull);
  add(hydrate);
  add(verify);
  add(purge);
  add(inspect);
  add(stats);
  return program;
}

const jsonFlag = {
  json: { type: 'boolean', description: 'Print one JSON object, and nothing else on stdout' },
} as const;

function optionOf(name: string, { type, value = 'VALUE', description }: Flags[string]): Option {
  if (type === 'boolean') return new Option(`--${name}`, description);
  const option = new Option(`--${name} <${value}>`, description);
  // Else the next flag would be taken for the value that was forgotten.
  const checked = (text: string) => {
    if (/^--?[a-z]/i.test(text)) throw new FlagError(`--${name} needs a value, and ${text} is a flag.`);
    return text;
  };
  return type === 'list'
    ? option.argParser((text, before: string[] = []) => [...before, checked(text)])
    : option.argParser(checked);
}
