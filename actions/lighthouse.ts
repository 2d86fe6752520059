import lighthouse, { type Config, type Result } from 'lighthouse';

const hurried = {
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 500,
  networkQuietThresholdMs: 500,
  cpuQuietThresholdMs: 0,
};

/**
 * What Lighthouse says of the page at an address, seen in the Chromium that listens at `port`. It is called as a module,
 * which reports to nobody: only its command line knows where to. Times are those of a phone on a slow network, worked out
 * from what was loaded. For a `glance`, which tells no times, hardly anything is waited for after the load.
 */
export async function lighthouseReport(
  address: string,
  port: string,
  { glance = false }: { glance?: boolean } = {},
): Promise<Result> {
  const config: Config = {
    extends: 'lighthouse:default',
    settings: {
      disableFullPageScreenshot: true,
      maxWaitForLoad: 30_000,
      ...(glance ? hurried : {}),
    },
  };
  const run = await lighthouse(address, { port: Number(port), output: 'json', logLevel: 'error' }, config);
  const report = run?.lhr;
  if (!report || report.runtimeError) {
    throw new Error(`Lighthouse could not look at ${address}: ${report?.runtimeError?.message}`);
  }
  return report;
}

/** Audits of the speed that measure no time, so that they say the same on every machine. */
const untimed = [
  'cumulative-layout-shift',
  'dom-size-insight',
  'duplicated-javascript-insight',
  'font-display-insight',
  'image-delivery-insight',
  'legacy-javascript-insight',
  'third-parties-insight',
  'total-byte-weight',
  'unminified-css',
  'unminified-javascript',
  'unsized-images',
  'viewport-insight',
];

/** Every audit of a report that costs points or asks for a change, without those of time. */
export function shortcomings({ categories, audits }: Result): string[] {
  return Object.entries(categories).flatMap(([category, { auditRefs }]) =>
    auditRefs
      .filter(({ id }) => category !== 'performance' || untimed.includes(id))
      // What does not apply has no score; neither has what broke off.
      .filter(({ id }) => (audits[id]?.score ?? 1) < 1 || audits[id]?.scoreDisplayMode === 'error')
      .map(({ id }) => `${category}: ${id}, ${audits[id]?.title} ${audits[id]?.displayValue ?? ''}`.trim()),
  );
}
