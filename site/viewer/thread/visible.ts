const begin = String.fromCharCode(27);
const bell = String.fromCharCode(7);

/** Colours and cursor moves of a terminal: control sequences of ECMA-48, and titles set by OSC. */
const terminal = new RegExp(
  `${begin}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${begin}]*(?:${bell}|${begin}\\\\))`,
  'g',
);

/** Characters that show nothing of themselves, or turn the text after them around. */
const invisible =
  /[^\P{Cc}\t\n]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff]/gu;

/**
 * Text as it may be shown: a terminal's orders are left out, line ends are `\n`, and what could hide or reorder other
 * text is written by its number, such as ⟨202E⟩ for the right-to-left override (https://trojansource.codes).
 */
export function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(terminal, '').replace(invisible, numberOf);
}

const numberOf = (character: string): string =>
  `⟨${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
