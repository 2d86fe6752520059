import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { JobFailure } from './failure.ts';

interface Flag {
  type: 'boolean' | 'string';
  description: string;
  /** What stands for the value in --help. */
  value?: string;
}

/** A job's flags by their long names. */
export type Flags = Readonly<Record<string, Flag>>;

export type FlagValues<F extends Flags> = {
  [Name in keyof F]: F[Name]['type'] extends 'boolean' ? boolean : string | undefined;
};

/** Wrong flags, as a sentence. */
export class FlagError extends JobFailure {
  override name = 'FlagError';
}

/** What every job takes besides its own flags. */
const commonFlags: Flags = {
  json: { type: 'boolean', description: 'Print one JSON summary instead of lines' },
  help: { type: 'boolean', description: 'Print this and end' },
};

/** Reads a job's flags; those of type boolean that are not given are false. Throws FlagError. */
export function readFlags<F extends Flags>(
  args: readonly string[],
  flags: F,
): { own: FlagValues<F>; json: boolean; help: boolean } {
  const values = parse(args, { ...flags, ...commonFlags });
  const entries = Object.entries(flags).map(([name, { type }]) => {
    const value = values[name] ?? (type === 'boolean' ? false : undefined);
    if (value === '') throw new FlagError(`--${name} needs a value.`);
    return [name, value];
  });
  return {
    own: Object.fromEntries(entries) as FlagValues<F>,
    json: values.json === true,
    help: values.help === true,
  };
}

function parse(args: readonly string[], flags: Flags): Record<string, unknown> {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(flags).map(([name, { type }]) => [name, { type }]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FlagError(`${error.message.split(/\.\s|\n/)[0]}.`);
  }
}

/** What --help prints. */
export function helpText(script: string, description: string, flags: Flags): string {
  const rows = Object.entries({ ...flags, ...commonFlags }).map(([name, flag]) => [
    `--${name}${flag.type === 'string' ? ` ${flag.value ?? 'VALUE'}` : ''}`,
    flag.description,
  ]);
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return [
    `npm run ${script} -- [flags]`,
    '',
    description,
    '',
    ...rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`),
    '',
    'Exit codes: 0 done, or nothing to do; 1 failed; 2 wrong flags; 130 or 143 stopped by a signal.',
    '',
  ].join('\n');
}
