import { z } from 'zod';
import { type Answer, failure, invalid, json, needsSignIn, notFound } from '../http/answer.ts';
import { type Asked, readJson } from '../http/asked.ts';
import { paginate } from '../http/paging.ts';
import { mayWrite, repositoryOf } from '../releases/release-routes.ts';
import type { World } from '../world.ts';
import type { Issue } from './issue-store.ts';

const creation = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536).default(''),
  labels: z.array(z.string()).default([]),
});
const changes = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().max(65_536).optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.string().nullish(),
});
const saying = z.object({ body: z.string().min(1).max(65_536) });

function refuseWriter(world: World, asked: Asked): Answer | undefined {
  if (!mayWrite(asked)) return needsSignIn();
  return world.faults.active('read_only', 'issues')
    ? failure(403, 'Resource not accessible by integration')
    : undefined;
}

/** GET /repos/{owner}/{repo}/issues, newest first; `labels` and `state` narrow it. */
export function listIssues(world: World, asked: Asked): Answer {
  const wanted = (asked.query.get('labels') ?? '').split(',').filter(Boolean);
  const state = asked.query.get('state') ?? 'open';
  const found = world.issues
    .of(repositoryOf(asked))
    .filter((issue) => state === 'all' || issue.state === state)
    .filter(({ labels }) => wanted.every((label) => labels.includes(label)))
    .reverse();
  const page = paginate(found, asked.query, `${world.origin}/repos/${repositoryOf(asked)}/issues`);
  return json(
    page.items.map((issue) => issueAnswer(issue, world)),
    200,
    page.headers,
  );
}

/** POST /repos/{owner}/{repo}/issues */
export async function createIssue(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = creation.safeParse(await readJson(asked.stream));
  if (!parsed.success) return invalid([{ resource: 'Issue', field: 'title', code: 'missing_field' }]);
  const issue = world.issues.create({ repository: repositoryOf(asked), ...parsed.data });
  return json(issueAnswer(issue, world), 201);
}

/** PATCH /repos/{owner}/{repo}/issues/{issue} */
export async function changeIssue(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = changes.safeParse(await readJson(asked.stream));
  if (!parsed.success) return failure(400, 'Problems parsing JSON');
  const issue = askedIssue(world, asked);
  if (!issue) return notFound();
  issue.title = parsed.data.title ?? issue.title;
  issue.body = parsed.data.body ?? issue.body;
  issue.state = parsed.data.state ?? issue.state;
  issue.reason = parsed.data.state_reason ?? issue.reason;
  return json(issueAnswer(issue, world));
}

/** POST /repos/{owner}/{repo}/issues/{issue}/comments */
export async function commentOnIssue(world: World, asked: Asked): Promise<Answer> {
  const barred = refuseWriter(world, asked);
  if (barred) return barred;
  const parsed = saying.safeParse(await readJson(asked.stream));
  if (!parsed.success) return failure(400, 'Problems parsing JSON');
  const issue = askedIssue(world, asked);
  if (!issue) return notFound();
  issue.comments.push(parsed.data.body);
  return json({ id: issue.comments.length, body: parsed.data.body }, 201);
}

function askedIssue(world: World, asked: Asked): Issue | undefined {
  return world.issues.of(repositoryOf(asked)).find(({ number }) => String(number) === asked.param('issue'));
}

function issueAnswer(issue: Issue, { origin }: World) {
  return {
    number: issue.number,
    html_url: `${origin}/${issue.repository}/issues/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.reason,
    labels: issue.labels.map((name) => ({ name })),
    comments: issue.comments.length,
  };
}
