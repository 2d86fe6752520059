import { counted, countText } from '../../wording/figures.ts';
import type { DiffLine, Part, Stretch } from '../detail.ts';
import { element } from './element.ts';

/** Shows a part of what was folded in a row. Buttons for other stretches say which by `data-field` and `data-from`. */
export function partElement(part: Part): HTMLElement {
  switch (part.kind) {
    case 'command':
      return text('Called with', part.text, 'command');
    case 'output':
      return stretchElement(part.failed ? 'Failed with' : 'Answered', part.stretch, part.field);
    case 'file':
      return stretchElement(`Read ${part.path}`, part.stretch, part.field);
    case 'text':
      return stretchElement('', part.stretch, part.field);
    case 'diff':
      return diffElement(part.path, part.lines, part.cut);
    case 'arguments': {
      const entries = part.entries.flatMap(({ name, value }) => [
        element('dt', {}, name),
        element('dd', {}, value),
      ]);
      return element('dl', { class: 'arguments' }, ...entries);
    }
    case 'remark':
      return element('p', { class: 'quiet small' }, part.text);
  }
}

function text(label: string, words: string, kind: string): HTMLElement {
  return element('div', { class: 'part' }, labelled(label), pre(words, label, kind));
}

const labelled = (label: string): HTMLElement | null =>
  label === '' ? null : element('span', { class: 'label' }, label);

const pre = (words: string, label: string, kind = ''): HTMLElement =>
  element(
    'pre',
    { tabindex: '0', role: 'group', 'aria-label': label || 'Text', class: kind, dir: 'auto' },
    words,
  );

/** A stretch of a text, with buttons to what stands before and after it. */
export function stretchElement(label: string, stretch: Stretch, field: number): HTMLElement {
  const { from, to, of } = stretch;
  const whole = from === 1 && to === of;
  const button = (words: string, first: number) =>
    element(
      'button',
      { type: 'button', 'data-act': 'stretch', 'data-field': String(field), 'data-from': String(first) },
      words,
    );
  return element(
    'div',
    { class: 'part', 'data-label': label },
    labelled(label),
    from > 1 && button(`Earlier lines`, Math.max(1, from - (to - from + 1))),
    pre(stretch.text, label),
    !whole &&
      element(
        'p',
        { class: 'stretch' },
        `Lines ${countText(from)} to ${countText(to)} of ${countText(of)} `,
        to < of && button(`Next ${counted(Math.min(200, of - to), 'line')}`, to + 1),
      ),
  );
}

const marks: Record<DiffLine[0], [tag: 'ins' | 'del' | 'span', kind: string]> = {
  '+': ['ins', 'in'],
  '-': ['del', 'out'],
  ' ': ['span', 'same'],
  '@': ['span', 'place'],
};

/** A change, line by line. Lines of a kind that follow each other are one element, so that a long one stays light. */
export function diffElement(path: string, lines: readonly DiffLine[], cut: boolean): HTMLElement {
  const runs: { mark: DiffLine[0]; lines: string[] }[] = [];
  for (const [mark, line] of lines) {
    const last = runs.at(-1);
    const shown = mark === '@' ? line : `${mark} ${line}`;
    if (last?.mark === mark) last.lines.push(shown);
    else runs.push({ mark, lines: [shown] });
  }
  const label = path === '' ? 'Change' : `Change of ${path}`;
  return element(
    'div',
    { class: 'part' },
    labelled(label),
    element(
      'pre',
      { class: 'diff', tabindex: '0', role: 'group', 'aria-label': label },
      ...runs.map(({ mark, lines: run }) => {
        const [tag, kind] = marks[mark];
        return element(tag, { class: kind }, `${run.join('\n')}\n`);
      }),
    ),
    cut && element('p', { class: 'stretch' }, 'There is more to this change than is shown here.'),
  );
}
