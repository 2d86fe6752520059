import { startWorld, type Visitor, type World } from './world.ts';

/** A world with a contributor, `ada`, and two moderators, all signed in. */
export async function startWithTwoModerators(): Promise<
  { world: World } & Record<'ada' | 'moderator' | 'second', Visitor>
> {
  const world = await startWorld({ moderators: ['moderator', 'second'] });
  // An account is one that has gists.
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  const [ada, moderator, second] = await Promise.all([
    world.signIn('ada'),
    world.signIn('moderator'),
    world.signIn('second'),
  ]);
  return { world, ada, moderator, second };
}
