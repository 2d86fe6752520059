import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultNames, parseFaults, routeGroups } from '#github/standin/faults.ts';

const faultLines = Object.entries(faultNames).map(([name, does]) => `  ${name.padEnd(20)} ${does}`);

export const usage = `npm run github:standin -- --port 4399 --gists DIR [--fault NAME ...]

Serves DIR/<login>/<gist-name>/<files> as GitHub would, on 127.0.0.1 only.

  --gists DIR          the folder with the gists
  --port N             4399 if not said, 0 for a free one
  --account LOGIN      a login without a folder; repeatable
  --hourly-limit N     requests an hour with a credential (5000)
  --fault NAME[=N][:GROUP]   repeatable; GROUP is one of ${routeGroups.join(', ')}

Faults:
${faultLines.join('\n')}

While it runs: POST /_standin/faults {"faults": ["down:gists"]} replaces the faults.
`;

/** What the command line asks for, or a sentence about what is wrong with it. */
export type CommandLine =
  | { kind: 'help' }
  | { kind: 'refused'; sentence: string }
  | {
      kind: 'start';
      port: number;
      gistsDir: string;
      accounts: string[];
      faults: string[];
      hourlyLimit: number | undefined;
    };

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4399' },
        gists: { type: 'string' },
        account: { type: 'string', multiple: true, default: [] },
        'hourly-limit': { type: 'string' },
        fault: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    });
    return { ok: true, values } as const;
  } catch (error) {
    return { ok: false, sentence: error instanceof Error ? error.message : String(error) } as const;
  }
}

/** Reads the arguments of `npm run github:standin`; looks whether the folder exists. */
export function readCommandLine(args: string[]): CommandLine {
  const refuse = (sentence: string): CommandLine => ({ kind: 'refused', sentence });
  const parsed = parse(args);
  if (!parsed.ok) return refuse(`${parsed.sentence.split('\n')[0]}. See --help.`);
  const { port, gists, account, fault, help, 'hourly-limit': limit } = parsed.values;
  if (help) return { kind: 'help' };

  const portNumber = wholeNumber(port, 0, 65_535);
  if (portNumber === undefined) return refuse(`--port takes a number from 0 to 65535, not "${port}".`);
  const hourlyLimit = limit === undefined ? undefined : wholeNumber(limit, 1, 1_000_000_000);
  if (limit !== undefined && hourlyLimit === undefined) {
    return refuse(`--hourly-limit takes a number from 1, not "${limit}".`);
  }
  if (!gists) return refuse('Say which folder holds the gists: --gists DIR.');
  if (!statSync(gists, { throwIfNoEntry: false })?.isDirectory()) {
    return refuse(`There is no folder ${gists}; --gists takes one that holds <login>/<gist-name>/<files>.`);
  }
  const faults = parseFaults(fault);
  if (!faults.ok) return refuse(faults.sentence);
  return { kind: 'start', port: portNumber, gistsDir: gists, accounts: account, faults: fault, hourlyLimit };
}
