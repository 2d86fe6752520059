import { standinAccountId, standinUserNodeId } from '../ids.ts';

/**
 * The account as GitHub shows it inside other answers (`simple-user` in its schema). `first` is the login it began
 * with, which its ids are made from.
 */
export function simpleUser(login: string, origin: string, first = login) {
  const id = standinAccountId(first);
  const url = `${origin}/users/${login}`;
  return {
    login,
    id,
    node_id: standinUserNodeId(first),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The account's public profile, also what GitHub gives a token without the `user` scope. */
export function publicUser(login: string, origin: string, first: string, publicGists: number) {
  return {
    ...simpleUser(login, origin, first),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: publicGists,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  };
}
