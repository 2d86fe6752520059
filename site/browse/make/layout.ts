/** How much is read at once: bytes of a page before compression, rows of a row group. */
export interface Layout {
  // A list reads a page or two of cards and the table of pages of their group: both some kilobytes.
  cardPage: number;
  cardsInGroup: number;
  // Counting reads whole groups, one after another, and tells how far it is.
  facetsInGroup: number;
  termsInBlock: number;
  postingPage: number;
  postingsInGroup: number;
  togetherPage: number;
}

export const usual: Layout = {
  cardPage: 6_144,
  cardsInGroup: 16_384,
  facetsInGroup: 65_536,
  termsInBlock: 512,
  postingPage: 16_384,
  postingsInGroup: 524_288,
  togetherPage: 8_192,
};
