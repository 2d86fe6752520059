import { problems } from '#domain/transcript/problem.ts';
import { agentName } from '../../wording/agents.ts';
import { bytesText, counted, countText } from '../../wording/figures.ts';
import { formatName } from '../../wording/formats.ts';
import type { FileReport } from '../protocol.ts';
import { visible } from '../thread/visible.ts';
import { element } from './element.ts';
import { type File, fileKey } from './files.ts';
import { troubleSentence } from './sentences.ts';

/** See `declarationFile` of #domain/declaration.ts, which brings more along than a page should load. */
const declaration = 'openagentsessions.json';

/** The head of a file in the feed: what it is, how far it was read, and what is wrong with it. */
export function fileElement(file: File, gistAddress: string): HTMLElement {
  const id = `file-${file.number}`;
  return element(
    'article',
    {
      class: 'row',
      id,
      tabindex: '-1',
      'data-kind': 'file',
      'data-key': String(fileKey(file)),
      'aria-labelledby': `${id}-name`,
    },
    element(
      'header',
      {},
      element('h3', { id: `${id}-name` }, element('bdi', {}, visible(file.source.name))),
      element('span', { class: 'marks' }, bytesText(file.source.bytes)),
      element('a', { class: 'at', href: `#f${file.number}-l0` }, `file ${file.number}`),
    ),
    ...stateElements(file, gistAddress),
  );
}

function stateElements(file: File, gistAddress: string): HTMLElement[] {
  switch (file.state) {
    case 'waiting':
      return [element('p', { class: 'small quiet' }, 'Comes next.')];
    case 'held':
      return [
        element(
          'p',
          { class: 'actions' },
          button('load', file, `Read this file, ${bytesText(file.source.bytes)}`),
        ),
      ];
    case 'reading':
      return [element('p', { class: 'small quiet' }, 'Being read; its hash is checked at its end.')];
    case 'done':
      return file.report ? reportElements(file.source.name, file.report) : [];
    case 'trouble':
      return [troubleElement(file, gistAddress)];
  }
}

const button = (act: string, file: File, words: string) =>
  element(
    'button',
    { type: 'button', class: 'button', 'data-act': act, 'data-file': String(file.number) },
    words,
  );

function reportElements(
  name: string,
  { session, counts, lines, problems: wrong }: FileReport,
): HTMLElement[] {
  const parts = session
    ? [
        session.agent &&
          `${agentName(session.agent)} ${session.agentVersion?.replaceAll(';', ', ') ?? ''}`.trim(),
        formatName(session.format),
        counted(counts.prompt, 'prompt'),
        counts.command > 0 && counted(counts.command, 'command'),
        counted(counts.answer, 'answer'),
        counted(counts.tool, 'tool call'),
        session.inputTokens !== null && `${countText(session.inputTokens)} tokens in`,
        session.outputTokens !== null && `${countText(session.outputTokens)} out`,
      ]
    : [
        name === declaration ? 'What its owner declares' : 'No session was recognised in it',
        counted(lines, 'line'),
      ];
  const remarks = [
    session?.rendered && 'Made from a session for people to look at; not the agent’s own file.',
    session?.truncated && 'It ends in the middle of something: it was cut off.',
    ...wrong.map(
      ({ code, line, count }) =>
        `${problems[code]} (line ${countText(line)}${count > 1 ? `, ${countText(count)} times` : ''})`,
    ),
  ];
  return [
    element('p', { class: 'small' }, parts.filter(Boolean).join(' · ')),
    element('p', { class: 'small quiet verified' }, 'Checked: these are the bytes git names.'),
    ...remarks
      .filter((remark) => typeof remark === 'string')
      .map((remark) => element('p', { class: 'small' }, remark)),
  ];
}

function troubleElement(file: File, gistAddress: string): HTMLElement {
  const { what, next, again } = troubleSentence(file.trouble ?? { kind: 'trouble', code: 'fault' });
  return element(
    'div',
    { class: 'trouble' },
    element('p', {}, element('strong', {}, what), ` ${next}`),
    element(
      'p',
      { class: 'actions' },
      again && button('load', file, 'Try again'),
      element('a', { class: 'button', href: gistAddress, rel: 'noopener' }, 'Read it at GitHub'),
    ),
  );
}
