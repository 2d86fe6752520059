import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { JobFailure } from '../failure.ts';

const execute = promisify(execFile);
const scannerPackage = '@mdn/mdn-http-observatory';
const version = '1.4.8';

export interface Scan {
  score: number;
  grade: string;
  /** Points by what they are for; those for cookies are part of the score, too. */
  points: Record<string, number>;
}

const scan = z.object({
  scan: z.object({ score: z.number(), grade: z.string() }),
  tests: z.record(z.string(), z.object({ scoreModifier: z.number().nullish() })),
});

interface Place {
  /** A folder of the scanner's own. */
  folder: string;
  /** What npm is run with. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Installs MDN's HTTP Observatory in a folder, without running a script of its packages, and without the list of hosts that
 * browsers know to be on TLS, which the site is not on. Resolves to what scans a host whose certificate is `trusted`.
 */
export async function installScanner({
  folder,
  env,
}: Place): Promise<(host: string, trusted: string) => Promise<Scan>> {
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${scannerPackage}@${version}`];
  await execute('npm', args, { cwd: folder, env }).catch(() => {
    throw new JobFailure(
      `npm could not install ${scannerPackage} ${version}. Check the network and run it again.`,
    );
  });
  const home = join(folder, 'node_modules', scannerPackage);
  await writeFile(join(home, 'conf/hsts-preload.json'), '{}');
  return async (host, trusted) => {
    const { stdout } = await execute(process.execPath, [join(home, 'src/scan.js'), host], {
      cwd: folder,
      env: { ...env, NODE_EXTRA_CA_CERTS: trusted },
    }).catch(({ stdout: said }: { stdout?: string }) => {
      throw new JobFailure(
        `The scanner could not scan https://${host}/: ${said?.slice(0, 200).trim() ?? 'nothing'}`,
      );
    });
    const { scan: whole, tests } = scan.parse(JSON.parse(stdout));
    const points = Object.entries(tests).map(([name, test]) => [name, test.scoreModifier ?? 0]);
    return { score: whole.score, grade: whole.grade, points: Object.fromEntries(points) };
  };
}
