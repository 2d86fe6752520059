const begin = String.fromCharCode(27);

/** Colours and cursor moves of a terminal: control sequences of ECMA-48. Orders that hold words, such as titles, stay. */
const terminal = new RegExp(`${begin}\\[[0-?]*[ -/]*[@-~]`, 'g');

/**
 * Characters that show nothing of themselves, or turn the text after them around. Left alone are what joins letters and
 * emoji, and what chooses between two shapes of one.
 */
const invisible =
  /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb](?<![\t\n]|\p{Join_Control}|[\ufe00-\ufe0f]|\u034f|[\u180b-\u180d\u180f])/gu;

/** More marks upon one letter than any script has: they pile up over other lines. */
const piled = /(?<=\p{M}{16})\p{M}/gu;

/**
 * Text as it may be shown: a terminal's colours are left out, line ends are `\n`, and what could hide or reorder other
 * text is written by its number, such as ⟨202E⟩ for the right-to-left override (https://trojansource.codes).
 */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(terminal, '')
    .replace(invisible, numberOf)
    .replace(piled, numberOf);
}

/** One line of a text, as it may be shown: it stays one, whatever it holds. */
export function visibleLine(line: string): string {
  return visible(line.replace(/\r$/, '').replace(/[\r\n]/g, numberOf));
}

const numberOf = (character: string): string =>
  `⟨${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`;
