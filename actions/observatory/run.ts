import { z } from 'zod';
import type { Environment } from '#domain/environment.ts';
import { currentRuntime, type Runtime } from '#runtime/runtime.ts';
import { JobFailure } from '../failure.ts';
import { run as start } from '../start/run.ts';
import { makeCertificate } from './certificate.ts';
import { startFront } from './front.ts';
import { type Kind, kindsOf, type Places } from './kinds.ts';
import { installScanner, type Scan } from './scanner.ts';

export interface Scanned extends Scan {
  kind: string;
  status: number;
  /** Other sites may show it. */
  shown: boolean;
}

export interface ObservatoryInput {
  /** The site's, which is https://<host>. */
  environment: Environment;
  /** An address of this machine whose ports 80 and 443 are free. */
  host: string;
  /** Where the site listens on 127.0.0.1. */
  port: number;
  /** Empty, for the scanner and a certificate. */
  folder: string;
  /** What npm and the scanner are run with. */
  env: Readonly<Record<string, string | undefined>>;
  progress(text: string): void;
}

/** Serves the built site behind TLS and has every kind of its answers scanned. */
export async function run(input: ObservatoryInput): Promise<Scanned[]> {
  const { environment, host, port, folder, env, progress } = input;
  progress('installing the scanner');
  const scan = await installScanner({ folder, env });
  const certificate = await makeCertificate(host, folder);
  const stop = await start({
    environment,
    port,
    host: '127.0.0.1',
    drainSeconds: 0,
    print: () => undefined,
  });
  const runtime = currentRuntime();
  if (!runtime) throw new Error('the site was started without a runtime');
  const during = <T>(kind: Kind, work: () => Promise<T>) => inTrouble(kind, runtime, work);
  const front = await startFront({ host, port, certificate, during });
  try {
    const scanned: Scanned[] = [];
    for (const kind of kindsOf(await placesOn(`http://127.0.0.1:${port}`), runtime)) {
      progress(kind.name);
      front.show(kind);
      const found = await scan(host, certificate.path);
      const status = front.status();
      if (status !== kind.status) {
        throw new JobFailure(
          `${kind.name} (${kind.path}) answered ${status}, not ${kind.status}. Build the site anew.`,
        );
      }
      scanned.push({ kind: kind.name, status, shown: kind.shown ?? false, ...found });
    }
    return scanned;
  } finally {
    await front.close();
    await stop();
  }
}

async function inTrouble<T>({ trouble = {} }: Kind, runtime: Runtime, work: () => Promise<T>): Promise<T> {
  const well = { ...runtime };
  Object.assign(runtime, trouble);
  try {
    return await work();
  } finally {
    Object.assign(runtime, well);
  }
}

async function placesOn(site: string): Promise<Places> {
  const read = async (path: string) => {
    const answer = await fetch(site + path);
    return answer.ok ? answer.text() : '';
  };
  const styleSheet = /href="(\/_astro\/[^"]+\.css)"/.exec(await read('/'))?.[1];
  const gistId = /\/([0-9a-f]+)$/m.exec(await read('/urls.txt'))?.[1] ?? null;
  return { styleSheet: z.string().parse(styleSheet), gistId };
}
