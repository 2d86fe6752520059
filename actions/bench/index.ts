import { benchCanaries } from './canaries/bench.ts';
import { benchInspect } from './inspect/bench.ts';
import { benchSite } from './site/bench.ts';

/** Every benchmark, by name. Each measures us and a peer in the same run and prints one JSON object a line. */
const benches = { site: benchSite, inspect: benchInspect, canaries: benchCanaries };

const help = `npm run bench [name]

Prints one JSON object a line: {bench, metric, unit, ours, peer, peer_name, ratio}, both sides measured in this run,
ratio = ours / peer. Starts the servers it needs, on 127.0.0.1.

  site      requests a second and tail latency of the built home page, beside a bare node:http server
  inspect   MB/s and peak memory on a session of 100 MB, beside jq -c . on the same file
  canaries  share of made-up secrets that is found, beside secretlint on the same text
`;

const [name] = process.argv.slice(2);
if (name === '--help') {
  process.stdout.write(help);
} else if (name !== undefined && !Object.hasOwn(benches, name)) {
  process.stderr.write(
    `bench: there is no benchmark called ${name}. There are: ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exit(2);
} else {
  for (const [each, bench] of Object.entries(benches)) {
    if (name !== undefined && name !== each) continue;
    for await (const measured of bench()) {
      // Of nothing there is no multiple: null in JSON.
      const ratio = measured.peer === 0 ? null : Number((measured.ours / measured.peer).toFixed(3));
      process.stdout.write(`${JSON.stringify({ bench: each, ...measured, ratio })}\n`);
    }
  }
}
