import { publicAddress } from '#domain/bucket-address.ts';
import { readEnvironment } from '#domain/environment.ts';
import { defaultCopy } from '../command/copy-flags.ts';
import { hydrate, hydrateFlags } from '../command/hydrate.ts';
import { performHydrate } from '../command/perform-hydrate.ts';
import { readPlace } from '../command/settings.ts';
import { currentDataFolder } from '../data-folder.ts';
import { readGitHubFile } from '../dev/github-file.ts';
import { runJob } from '../job.ts';

const script = 'dataset:hydrate';

await runJob(script, {
  description: [
    "The command line's hydrate, as this checkout has it: pulls the newest snapshot, then fetches the files of the chosen",
    'sessions at the revision a moderator read, and holds each against its git blob sha and size. status.ndjson says of',
    'every session what became of it. What is here is not fetched again. Needs no keys and no database.',
  ].join('\n'),
  flags: {
    ...hydrateFlags,
    from: {
      type: 'string',
      value: 'PLACE',
      description:
        'Address or folder where snapshots are published (default: the bucket, else DATASET_OUTPUT_DIR)',
    },
  },
  exits: hydrate.exits.join('; '),
  async run(call) {
    const { flags, log } = call;
    const environment = readEnvironment(script, call.env);
    for (const warning of environment.warnings) log(warning);
    const bucket = environment.bucket && publicAddress(environment.bucket);
    const place =
      flags.from === undefined ? (bucket ?? environment.datasetOutputDir) : readPlace('--from', flags.from);
    const isOwn = environment.databaseUrl === null && environment.oauthApp === null;
    const standin = isOwn ? readGitHubFile(currentDataFolder())?.addresses : undefined;
    const env = standin
      ? { GIST_RAW_URL: standin.rawUrl, GITHUB_API_URL: standin.apiUrl, ...call.env }
      : call.env;
    return performHydrate({ ...call, env }, flags.output ?? defaultCopy, place);
  },
});
