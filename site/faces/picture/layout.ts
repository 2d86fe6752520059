import { mono, serif } from './fonts.ts';
import { pictureSize } from './size.ts';

/** What a picture shows. All of it may be anybody's text. */
export interface Shown {
  /** Two lines in the margin, as on a card of a catalogue. */
  call: readonly [string, string];
  title: string;
  /** Lines below it, most telling first. */
  lines: readonly string[];
  /** Where it is from. */
  foot: string;
}

/** An element as satori reads it. */
export interface Element {
  type: string;
  props: { style: Record<string, string | number>; children: string | Element[] };
}

/** The colours of site/styles/site.css, in the light. */
const colours = {
  paper: '#f8f8f5',
  card: '#ffffff',
  ink: '#18201d',
  quiet: '#545d58',
  rule: '#d8dad3',
  accent: '#0c5b48',
};

/** A picture in the site's look: a catalogue card on paper. */
export function layout({ call, title, lines, foot }: Shown): Element {
  return box(
    { ...pictureSize, padding: 48, background: colours.paper, color: colours.ink, fontFamily: serif },
    [
      box({ flexGrow: 1, background: colours.card, border: `2px solid ${colours.rule}` }, [
        box(
          {
            flexDirection: 'column',
            width: 150,
            padding: '38px 0 0 34px',
            borderRight: `3px solid ${colours.accent}`,
            color: colours.quiet,
            fontFamily: mono,
            fontSize: 28,
          },
          call.map((part) => text({}, part)),
        ),
        box({ flexDirection: 'column', justifyContent: 'space-between', width: 950, padding: '30px 44px' }, [
          text(
            {
              display: 'block',
              lineClamp: 4,
              fontSize: sizeOf(title),
              lineHeight: 1.16,
              wordBreak: 'break-word',
            },
            title,
          ),
          box({ flexDirection: 'column' }, [
            ...lines.map((line) =>
              text({ ...oneLined, fontSize: 27, lineHeight: 1.5, fontFamily: mono }, line),
            ),
            text({ ...oneLined, marginTop: 14, color: colours.accent, fontSize: 27 }, foot),
          ]),
        ]),
      ]),
    ],
  );
}

const oneLined = { display: 'block', lineClamp: 1, wordBreak: 'break-all' };

const sizeOf = (title: string) => (title.length <= 60 ? 66 : title.length <= 110 ? 56 : 48);

function box(style: Element['props']['style'], children: Element[]): Element {
  return { type: 'div', props: { style: { display: 'flex', boxSizing: 'border-box', ...style }, children } };
}

function text(style: Element['props']['style'], children: string): Element {
  return { type: 'div', props: { style: { display: 'flex', boxSizing: 'border-box', ...style }, children } };
}
