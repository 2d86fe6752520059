import { readEnvironment } from '#domain/environment.ts';
import { JobFailure } from '../failure.ts';
import { runJob } from '../job.ts';
import { type Kept, run } from './run.ts';

const script = 'keep-alive';

const words: Record<Kept, string> = {
  running: 'running, and enabled again',
  woken: 'GitHub had ended it; enabled again',
  off: 'switched off by somebody, and left so',
};

await runJob(script, {
  description: [
    'Enables the scheduled workflows of GITHUB_REPOSITORY again, because GitHub ends schedules after 60 days without',
    'activity in a repository. One that a person switched off stays off. GITHUB_TOKEN needs actions: write.',
  ].join('\n'),
  flags: {},
  async run({ env }) {
    const environment = readEnvironment(script, env, ['GITHUB_REPOSITORY', 'GITHUB_TOKEN']);
    const { repository, releaseToken: token, github } = environment;
    if (repository === null || token === null) {
      throw new JobFailure('GITHUB_REPOSITORY or GITHUB_TOKEN is not set. Set both, see .env.example.');
    }
    const kept = await run({ apiUrl: github.apiUrl, repository, token });
    return {
      ok: true,
      lines: Object.entries(kept).map(([file, became]) => `${file}: ${words[became]}`),
      summary: kept,
    };
  },
});
