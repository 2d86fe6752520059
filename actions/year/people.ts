import type { Answer, Visitor, World } from '../../functions/api/testing/world.ts';
import type { Chance } from './chance.ts';
import type { Gists, KeptGist } from './gists.ts';
import type { OwnDiary } from './own-diary.ts';

/** What people live in. */
export interface Town {
  world: World;
  gists: Gists;
  diary: OwnDiary;
  chance: Chance;
  people: People;
}

interface Person {
  /** The login their gists' folder bears. */
  first: string;
  login: string;
  ownerId: string;
  visitor: Visitor | null;
}

export const contributors = [
  'otto',
  'wilma',
  'yusuf',
  'priya',
  'tomas',
  'ingrid',
  'kwame',
  'mei-ling',
  'zoltan',
];
export const moderators = ['moderator', 'second-moderator'];
export const readers = ['quinn'];

/** Who is who, and their browsers. */
export class People {
  readonly #world: World;
  readonly #diary: OwnDiary;
  readonly #people: Person[];

  constructor(world: World, diary: OwnDiary, accountId: (login: string) => number) {
    this.#world = world;
    this.#diary = diary;
    this.#people = [...contributors, ...moderators, ...readers].map((login) => {
      const person = { first: login, login, ownerId: String(accountId(login)), visitor: null };
      diary.write({ what: 'account', login, owner_id: person.ownerId });
      return person;
    });
  }

  person(first: string): Person {
    const found = this.#people.find((person) => person.first === first);
    if (!found) throw new Error(`There is no ${first}.`);
    return found;
  }

  /** Takes another login, and leaves the former one to whoever wants it. */
  rename(first: string, login: string): void {
    const person = this.person(first);
    this.#world.standin.rename(person.login, login);
    person.login = login;
    person.visitor = null;
    this.#diary.write({ what: 'account', login, owner_id: person.ownerId });
  }

  isTaken(login: string): boolean {
    return this.#people.some((person) => person.login === login);
  }

  /** Asks the API as this person, who signs in again where that is needed. Null where GitHub lets nobody in. */
  async ask(first: string, request: (visitor: Visitor) => Promise<Answer>): Promise<Answer | null> {
    const person = this.person(first);
    for (let tries = 0; tries < 2; tries += 1) {
      person.visitor ??= await this.#world.signIn(person.login).catch(() => null);
      if (person.visitor === null) return null;
      const answer = await request(person.visitor);
      if (answer.status === 500) throw new Error(`The API answered 500: ${this.#world.logged.at(-1)}`);
      if (answer.status !== 401) return answer;
      person.visitor = null;
    }
    return null;
  }
}

/** One of the gists that stand so, or undefined. */
export function someGist({ gists, chance }: Town, wanted: (gist: KeptGist) => boolean): KeptGist | undefined {
  return chance.pick(gists.all.filter(wanted));
}
