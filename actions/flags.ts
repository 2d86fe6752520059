import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { JobFailure } from './failure.ts';

interface Flag {
  /** A list may be given several times; all others hold their last value. */
  type: 'boolean' | 'string' | 'list';
  description: string;
  /** What stands for the value in --help. */
  value?: string;
}

/** Flags by their long names. */
export type Flags = Readonly<Record<string, Flag>>;

export type FlagValues<F extends Flags> = {
  [Name in keyof F]: F[Name]['type'] extends 'boolean'
    ? boolean
    : F[Name]['type'] extends 'list'
      ? readonly string[]
      : string | undefined;
};

/** Wrong flags, as a sentence. */
export class FlagError extends JobFailure {
  override name = 'FlagError';
}

/** What every script takes besides its own flags. */
export const helpFlag = { help: { type: 'boolean', description: 'Print this and end' } } as const;

/**
 * Reads a script's own flags and those it has in common with others; those that are not given are false if they are
 * boolean, and empty if they are lists. What stands beside the flags is refused unless the script takes `operands`. Throws FlagError.
 */
export function readFlags<Own extends Flags, Common extends Flags>(
  args: readonly string[],
  own: Own,
  common: Common,
  takes: 'flags' | 'operands' = 'flags',
  inputs: Inputs = {},
): { own: FlagValues<Own>; common: FlagValues<Common>; operands: string[] } {
  const { values, positionals } = parse(args, { ...own, ...common }, takes === 'operands');
  return { own: pick({ ...inputs, ...values }, own), common: pick(values, common), operands: positionals };
}

/** Values that stand for flags that are not on the command line. */
export type Inputs = Readonly<Record<string, string | boolean>>;

/**
 * Reads what GitHub Actions give as inputs, or a person as variables: --dry-run is INPUT_DRY_RUN or INPUT_DRY-RUN. An
 * empty one is none. Throws FlagError.
 */
export function readInputs(env: Readonly<Record<string, string | undefined>>, flags: Flags): Inputs {
  const given = Object.entries(flags).flatMap(([name, { type }]): [string, string | boolean][] => {
    const input = inputNames(name).find((variable) => env[variable]?.trim());
    const value = input && env[input]?.trim();
    if (!input || !value) return [];
    if (type !== 'boolean') return [[name, value]];
    if (!['true', 'false'].includes(value)) throw new FlagError(`${input} must be true or false.`);
    return [[name, value === 'true']];
  });
  return Object.fromEntries(given);
}

/** The variables an input may be in: as a shell can write it, and as Actions make it of its name. */
export function inputNames(flag: string): [string, string] {
  return [`INPUT_${flag.toUpperCase().replaceAll('-', '_')}`, `INPUT_${flag.toUpperCase()}`];
}

/** The values of these flags among those that were parsed, by their long names. Throws FlagError for an empty one. */
export function pick<F extends Flags>(values: Readonly<Record<string, unknown>>, flags: F): FlagValues<F> {
  const entries = Object.entries(flags).map(([name, { type }]) => {
    const given = values[name] ?? (type === 'boolean' ? false : undefined);
    // An input is one text; on the command line a list is given a text at a time.
    const value = type === 'list' ? [given ?? []].flat() : given;
    if (value === '' || (Array.isArray(value) && value.includes('')))
      throw new FlagError(`--${name} needs a value.`);
    return [name, value];
  });
  return Object.fromEntries(entries) as FlagValues<F>;
}

/** A port given by a flag, or by the variable that stands for it, which `name` says. Throws FlagError. */
export function readPort(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new FlagError(`${name} must be a number from 1 to 65535.`);
  return port;
}

/** A number of things given by a flag. Throws FlagError. */
export function readCount(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new FlagError(`${name} must be a whole number from 1.`);
  return Number(text);
}

/** Seconds given by a flag, 0 to 999. Throws FlagError. */
export function readSeconds(name: string, text: string): number {
  if (!/^\d{1,3}$/.test(text))
    throw new FlagError(`${name} must be a whole number of seconds from 0 to 999.`);
  return Number(text);
}

/** A part of the work, as `I/N`: the Ith of N, from 1. Throws FlagError. */
export function readShard(name: string, text: string): { index: number; of: number } {
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > of) throw new FlagError(`${name} must be written I/N, such as 2/4.`);
  return { index, of };
}

function parse(
  args: readonly string[],
  flags: Flags,
  allowPositionals: boolean,
): { values: Record<string, unknown>; positionals: string[] } {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(flags).map(([name, { type }]) => [
      name,
      type === 'list' ? { type: 'string', multiple: true } : { type },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FlagError(`${error.message.split(/\.\s|\n/)[0]}.`);
  }
}

/** What --help prints: `exits` says what the exit codes mean, `operands` what may stand beside the flags. */
export function helpText(
  script: string,
  description: string,
  flags: Flags,
  exits: string,
  operands?: string,
): string {
  const rows = Object.entries(flags).map(([name, flag]) => [
    `--${name}${flag.type !== 'boolean' ? ` ${flag.value ?? 'VALUE'}` : ''}`,
    flag.description,
  ]);
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return [
    `npm run ${script} -- [flags]${operands === undefined ? '' : ` ${operands}`}`,
    '',
    description,
    '',
    ...rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`),
    '',
    `Exit codes: ${exits}.`,
    '',
  ].join('\n');
}
