import { createHash } from 'node:crypto';
import { standinAccountId } from '#github/standin/ids.ts';
import type { AskedMove, Ledger } from '../ledger/ledger.ts';
import type { Answer, Front } from '../world/front.ts';
import type { NewGist } from '../world/gists.ts';
import { addressOf, asked, type Visitor } from './visitor.ts';

/** Those who use the site, and what they have in hand. */
export interface Town {
  front: Front;
  ledger: Ledger;
  contributors: readonly Visitor[];
  moderators: readonly Visitor[];
  /** Nobody has offered these yet. */
  gists: NewGist[];
  /** Offered, and not decided yet. */
  waiting: { gist: NewGist; revision: string }[];
  /** Decided; their owners may leave. */
  listed: NewGist[];
  /** Sessions in the snapshot that the site is built from. */
  sessions: number;
  /** From 0 to 1. */
  chance(): number;
}

/** What somebody does, and the answers they get. */
export interface Act {
  kind: string;
  /** Does it ask the API? */
  api: boolean;
  /** Statuses that are no error, whatever they say. */
  deserved?: readonly number[];
  perform(town: Town): Promise<Answer[]>;
}

const below = ({ chance }: Town, limit: number) => Math.floor(chance() * limit);
const stranger = (town: Town) => addressOf((1 << 20) + below(town, 1 << 20));

/** A page, read by somebody who is not signed in. */
const page = (kind: string, path: (town: Town) => string, headers: Record<string, string> = {}): Act => ({
  kind,
  api: false,
  perform: async (town) => [
    await town.front.ask({ method: 'GET', path: path(town), from: stranger(town), headers }),
  ],
});

/** The same made-up session that `fillIndex` makes. */
const someSession = (town: Town) =>
  createHash('md5')
    .update(`gist ${1 + below(town, town.sessions)}`)
    .digest('hex');
const someOf = (town: Town, visitors: readonly Visitor[]): Visitor => {
  const visitor = visitors[below(town, visitors.length)];
  if (!visitor) throw new Error('Nobody has signed in.');
  return visitor;
};
const someContributor = (town: Town) => someOf(town, town.contributors);
const someModerator = (town: Town) => someOf(town, town.moderators);
const ownerOf = (town: Town, { owner }: NewGist) => {
  const visitor = town.contributors.find(({ login }) => login === owner);
  if (!visitor) throw new Error(`${owner} has not signed in.`);
  return visitor;
};

const reading = (kind: string, who: (town: Town) => Visitor, path: string, api = true): Act => ({
  kind,
  api,
  perform: async (town) => [await town.front.ask(asked(who(town), path))],
});

const range = { range: 'bytes=0-65535' };

/** Somebody offers a gist; one in ten presses the button twice, and both processes get it at the same moment. */
const submit: Act = {
  kind: 'submit',
  api: true,
  deserved: [409],
  async perform(town) {
    const gist = town.gists.shift();
    if (!gist) throw new Error('There are no gists left that could be offered.');
    const visitor = ownerOf(town, gist);
    const body = { gist_url: gist.id, license: 'CC0-1.0', attested: true };
    const request = asked(visitor, '/api/submissions', body);
    const twice = town.chance() < 0.1;
    const answers = await town.front.askAtOnce(twice ? [request, request] : [request]);
    for (const answer of answers) note(town, gist, 'submit', visitor, answer);
    const taken = answers.find(({ status }) => status === 201);
    if (taken) town.waiting.push({ gist, revision: JSON.parse(taken.body).revision });
    // They come again later: whoever was not told has to try.
    else if (answers.some(({ status }) => status === null || status >= 429)) town.gists.push(gist);
    return answers;
  },
};

const preview: Act = {
  kind: 'preview',
  api: true,
  async perform(town) {
    const gist = town.gists[below(town, Math.min(500, town.gists.length))];
    if (!gist) return [];
    const body = { gist_url: gist.id };
    return [await town.front.ask(asked(ownerOf(town, gist), '/api/submissions/preview', body))];
  },
};

/** A moderator decides; one in ten times another does at the same moment, at the other process. */
const decide: Act = {
  kind: 'decide',
  api: true,
  deserved: [409],
  async perform(town) {
    const next = town.waiting.shift();
    if (!next) return queue.perform(town);
    const { gist, revision } = next;
    const move = town.chance() < 0.85 ? 'approve' : 'reject';
    const decision = { decision: move, revision, ...(move === 'reject' ? { reason: 'low_quality' } : {}) };
    const path = `/api/moderation/${gist.id}`;
    const deciding = Array.from({ length: town.chance() < 0.1 ? 2 : 1 }, () => someModerator(town));
    const answers = await town.front.askAtOnce(deciding.map((one) => asked(one, path, decision)));
    for (const [n, one] of deciding.entries()) note(town, gist, move, one, answers[n]);
    if (answers.some(({ status }) => status === 200)) {
      if (move === 'approve') town.listed.push(gist);
    } else if (answers.some(({ status }) => status === null || status >= 429)) town.waiting.push(next);
    return answers;
  },
};

/** An owner leaves. */
const withdraw: Act = {
  kind: 'withdraw',
  api: true,
  deserved: [409],
  async perform(town) {
    const gist = town.listed.shift();
    if (!gist) return mine.perform(town);
    const visitor = ownerOf(town, gist);
    const answer = await town.front.ask(asked(visitor, `/api/submissions/${gist.id}/withdraw`, {}));
    note(town, gist, 'withdraw', visitor, answer);
    if (answer.status === null || answer.status >= 429) town.listed.push(gist);
    return [answer];
  },
};

function note(town: Town, { id }: NewGist, move: AskedMove, { login }: Visitor, answer?: Answer): void {
  town.ledger.write({ gistId: id, move, by: String(standinAccountId(login)) }, answer ?? { status: null });
}

const queue = reading('read the queue', someModerator, '/api/moderation/queue');
const mine = reading('read my submissions', someContributor, '/api/submissions');

/** What is done at the site, each with how often of a hundred times. */
const acts: readonly (readonly [number, Act])[] = [
  [9, page('home', () => '/')],
  [8, page('list', () => '/sessions')],
  [4, page('later list', (town) => `/sessions/page/${1 + below(town, Math.ceil(town.sessions / 50))}`)],
  [14, page('session', (town) => `/sessions/${someSession(town)}`)],
  [3, page('session as JSON', (town) => `/api/v1/sessions/${someSession(town)}.json`)],
  [4, page('dataset manifest', () => '/dataset/latest/manifest.json')],
  [8, page('dataset range', () => '/dataset/latest/submissions.parquet', range)],
  [3, page('feed', () => '/feed.xml')],
  [4, page('log page', () => '/log')],
  [4, reading('my page', someContributor, '/mine', false)],
  [2, reading('desk page', someModerator, '/moderation', false)],
  [8, reading('read who I am', someContributor, '/api/me')],
  [5, mine],
  [3, queue],
  [3, reading('read the log', someContributor, '/api/log')],
  [3, preview],
  [8, submit],
  [6.5, decide],
  [0.5, withdraw],
];
const all = acts.reduce((sum, [often]) => sum + often, 0);

/** The share of arrivals in which somebody offers a gist. */
export const submittingShare = (acts.find(([, act]) => act === submit)?.[0] ?? 0) / all;

/** What the next one who arrives does. */
export function nextAct(chance: () => number): Act {
  let left = chance() * all;
  for (const [often, act] of acts) {
    left -= often;
    if (left < 0) return act;
  }
  return submit;
}
