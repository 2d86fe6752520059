import type { KeptGist } from './gists.ts';
import { contributors, someGist, type Town } from './people.ts';
import { description, sessionFiles } from './sessions.ts';

const licenses = ['CC0-1.0', 'CC-BY-4.0', 'ODC-By-1.0', 'MIT', 'Apache-2.0'];

const asStranger = { authorization: 'Bearer a-stranger' };

type Act = (town: Town) => Promise<void>;

/** Offers a gist, and writes down what was chosen where the index took it. */
async function offer(town: Town, gist: KeptGist, as = gist.owner): Promise<void> {
  const { people, diary, chance } = town;
  const license = chance.pick(licenses) ?? '';
  const answer = await people.ask(as, (visitor) => visitor.submit(gist.id, { license }));
  if (answer?.status !== 201) return;
  const revision = String(answer.body.revision);
  const owner_id = people.person(as).ownerId;
  diary.write({ what: 'submitted', gist_id: gist.id, owner_id, license, revision });
}

function touched({ diary }: Town, gist: KeptGist, how: string, harms = true): void {
  diary.write({ what: 'touched', gist_id: gist.id, how, harms });
}

/** From so many gists on, people offer again what there is: a year should tell of long lives, too. */
const enoughGists = 120;

const submitNew: Act = async (town) => {
  const { chance, gists } = town;
  if (gists.all.length >= enoughGists) return offerAgain(town);
  const owner = chance.pick(contributors) ?? '';
  const ingredient = chance.happens(0.08) ? 'token' : chance.happens(0.15) ? 'mail' : 'plain';
  const like = { description: description(chance), public: !chance.happens(0.04) };
  await offer(town, gists.create(owner, sessionFiles(chance, ingredient), like));
};

/** What the index must refuse. */
const submitWrongly: Act = async (town) => {
  const { chance, gists, people } = town;
  const owner = chance.pick(contributors) ?? '';
  const other = chance.pick(contributors.filter((login) => login !== owner)) ?? '';
  const forkOf = chance.happens(0.5) ? (gists.all[0]?.id ?? null) : null;
  const gist = gists.create(owner, sessionFiles(chance, 'plain'), { forkOf });
  if (forkOf !== null) await offer(town, gist);
  else if (chance.happens(0.5)) await offer(town, gist, other);
  else {
    const without = chance.happens(0.5) ? { license: '' } : { attested: false };
    const answer = await people.ask(owner, (visitor) => visitor.submit(gist.id, without));
    if (answer?.status === 201)
      throw new Error('A gist was taken without a licence or without its statement.');
  }
};

const edit: Act = async (town) => {
  const gist = someGist(town, ({ deleted }) => !deleted);
  if (!gist) return;
  const { chance, gists } = town;
  const before = gist.files;
  gists.change(gist, { files: sessionFiles(chance, chance.happens(0.2) ? 'token' : 'plain') });
  touched(town, gist, 'edited');
  if (!chance.happens(0.15)) return;
  // Taken back, before anybody has looked or after somebody has.
  if (chance.happens(0.5))
    await fetch(`${town.world.standin.origin}/gists/${gist.id}`, { headers: asStranger });
  gists.change(gist, { files: before });
  touched(town, gist, 'edited');
};

const describe: Act = async (town) => {
  const gist = someGist(town, ({ deleted }) => !deleted);
  if (!gist) return;
  town.gists.change(gist, { description: description(town.chance) });
  touched(town, gist, 'described', false);
};

const hideOrShow: Act = async (town) => {
  const gist = someGist(town, ({ deleted }) => !deleted);
  if (!gist) return;
  town.gists.change(gist, { public: !gist.public });
  touched(town, gist, gist.public ? 'made public' : 'made secret', !gist.public);
};

const remove: Act = async (town) => {
  const gist = someGist(town, ({ deleted }) => !deleted);
  if (gist) removeGist(town, gist);
};

function removeGist(town: Town, gist: KeptGist): void {
  town.gists.change(gist, { deleted: true });
  touched(town, gist, 'deleted');
}

/** Every contributor deletes a gist. */
export function leaveTogether(town: Town): void {
  for (const owner of contributors) {
    const gist = someGist(town, (one) => one.owner === owner && !one.deleted);
    if (gist) removeGist(town, gist);
  }
}

/** What went wrong with a gist is put right: it is there again, its owner's, and public. */
const putRight: Act = async (town) => {
  const gist = someGist(
    town,
    (one) => one.deleted || !one.public || one.heldBy !== null || one.blocked !== null,
  );
  if (!gist) return;
  town.gists.change(gist, { deleted: false, public: true, heldBy: null, blocked: null });
  touched(town, gist, 'put right', false);
};

const handOver: Act = async (town) => {
  const gist = someGist(town, ({ deleted, heldBy }) => !deleted && heldBy === null);
  if (!gist) return;
  const other = town.chance.pick(contributors.filter((login) => login !== gist.owner)) ?? '';
  town.gists.change(gist, { heldBy: town.people.person(other).login });
  touched(town, gist, 'handed over');
};

const block: Act = async (town) => {
  const gist = someGist(town, ({ deleted, blocked }) => !deleted && blocked === null);
  if (!gist) return;
  town.gists.change(gist, { blocked: town.chance.happens(0.5) ? 'tos' : 'dmca' });
  touched(town, gist, 'blocked');
};

const withdraw: Act = async (town) => {
  const gist = someGist(town, () => true);
  if (!gist) return;
  const answer = await town.people.ask(gist.owner, (visitor) =>
    visitor.post(`/api/submissions/${gist.id}/withdraw`),
  );
  if (answer?.status === 200) town.diary.write({ what: 'withdrew', gist_id: gist.id });
};

const offerAgain: Act = async (town) => {
  const gist = someGist(town, ({ deleted }) => !deleted);
  if (gist) await offer(town, gist);
};

const appeal: Act = async (town) => {
  const owner = town.chance.pick(contributors) ?? '';
  const mine = await town.people.ask(owner, (visitor) => visitor.get('/api/submissions'));
  const items = (mine?.status === 200 ? mine.body.items : []) as { gist_id: string; state: string }[];
  const rejected = town.chance.pick(items.filter(({ state }) => state === 'rejected'));
  if (!rejected) return;
  const answer = await town.people.ask(owner, (visitor) =>
    visitor.post(`/api/submissions/${rejected.gist_id}/appeal`, { text: 'It is a real session.' }),
  );
  if (answer?.status === 200) town.diary.write({ what: 'appealed', gist_id: rejected.gist_id });
};

/** Takes a new login, or one that somebody else has left. */
const rename: Act = async ({ chance, people, diary, gists }) => {
  const first = chance.pick(contributors) ?? '';
  const left = contributors.filter((login) => !people.isTaken(login) && login !== first);
  const login = chance.happens(0.5) ? chance.pick(left) : undefined;
  people.rename(first, login ?? `${first}-${gists.all.length}`);
  for (const gist of gists.all.filter(({ owner }) => owner === first)) {
    diary.write({ what: 'touched', gist_id: gist.id, how: 'renamed', harms: false });
  }
};

/** What contributors do, each with how often of a thousand times. */
const acts: [number, Act][] = [
  [250, submitNew],
  [40, submitWrongly],
  [190, edit],
  [110, describe],
  [40, hideOrShow],
  [40, remove],
  [90, putRight],
  [20, handOver],
  [15, block],
  [65, withdraw],
  [70, offerAgain],
  [55, appeal],
  [15, rename],
];

/** Somebody does something with a gist. */
export async function contribute(town: Town): Promise<void> {
  let left = town.chance.below(acts.reduce((sum, [often]) => sum + often, 0));
  for (const [often, act] of acts) {
    left -= often;
    if (left < 0) return act(town);
  }
}
